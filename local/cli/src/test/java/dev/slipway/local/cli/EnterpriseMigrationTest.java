package dev.slipway.local.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.json.Json;
import dev.slipway.local.sandbox.world.RecordedCall;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * An enterprise whose data leaves a shared environment, to its sign-off: the source is frozen, and
 * destroyed after the days of grace.
 */
@ExtendWith(FinishedRun.Resolver.class)
@Order(1) // Takes long, so it begins early.
class EnterpriseMigrationTest {
  private static final Set<String> FINAL = Set.of("DONE", "NOT_APPLICABLE", "SKIPPED");

  @Test
  void everyRowIsFinalAndSignedOff(
      @FinishedRun.Of(value = "enterprise-migration.json", signedOff = true) FinishedRun run)
      throws IOException {
    assertEquals(0, run.ended().exit(), run.ended().toString());
    assertTrue(run.ended().out().contains("Signed off by "), run.ended().toString());
    JsonNode report = run.report();
    Stream.of("tasks", "elements")
        .flatMap(kind -> report.path(kind).valueStream())
        .forEach(
            line ->
                assertTrue(FINAL.contains(line.path("outcome").asText()), line::toPrettyString));
    TreeMap<String, String> migration =
        report
            .path("tasks")
            .valueStream()
            .filter(line -> line.path("task").asText().startsWith("data-migration."))
            .collect(
                Collectors.toMap(
                    line -> line.path("row").asText(),
                    line -> line.path("outcome").asText(),
                    (one, other) -> one.equals(other) ? one : one + " " + other,
                    TreeMap::new));
    assertEquals(
        "{M62=DONE, M63=DONE, M64=DONE, M65=NOT_APPLICABLE, M66=DONE, M67=DONE}",
        migration.toString());
  }

  /** What stays at the source is another organisation, with its application and its user. */
  @Test
  void whatWasFrozenIsDestroyedAfterTheDaysOfGraceAndNothingElse(
      @FinishedRun.Of(value = "enterprise-migration.json", signedOff = true) FinishedRun run)
      throws IOException {
    List<RecordedCall> frozen = calls(run, "PATCH freeze");
    assertEquals(Set.of("11", "12"), ids(frozen));
    List<RecordedCall> terminated = calls(run, "DELETE terminate");
    assertEquals(Set.of("31", "32"), ids(terminated));
    List<RecordedCall> deleted = calls(run, "DELETE user");
    assertEquals(Set.of("21"), ids(deleted));
    for (RecordedCall call : Stream.concat(terminated.stream(), deleted.stream()).toList()) {
      Duration kept = Duration.between(frozen.getLast().at(), call.at());
      assertFalse(kept.compareTo(Duration.ofDays(30)) < 0, call::toString);
    }
    assertEquals(3, terminated.size() + deleted.size(), "nothing is ended or deleted twice");
  }

  private static List<RecordedCall> calls(FinishedRun run, String method) throws IOException {
    try (Stream<String> lines = Files.lines(run.data().resolve("sandbox").resolve("calls.jsonl"))) {
      return lines
          .map(EnterpriseMigrationTest::call)
          .filter(call -> call.method().equals(method) && call.succeeded())
          .toList();
    }
  }

  private static RecordedCall call(String line) {
    try {
      return RecordedCall.fromJson(Json.MAPPER.readTree(line));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Set<String> ids(List<RecordedCall> calls) {
    return calls.stream()
        .map(call -> call.key().replaceFirst(".*/", ""))
        .collect(Collectors.toSet());
  }
}
