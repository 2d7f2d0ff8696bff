package dev.slipway.local.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.json.Json;
import dev.slipway.local.sandbox.world.RecordedCall;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The profiles that ship, from intake to the end, by the command that a newcomer types. */
class WholeRunTest {
  private static final Path PROFILES = ProjectRoot.find().resolve("events/profiles");
  private static final Set<String> FINAL = Set.of("DONE", "NOT_APPLICABLE", "SKIPPED", "PLANNED");

  @TempDir private Path folder;

  @Test
  void takesAHostingProviderToItsEnd() throws IOException {
    Path report = folder.resolve("report.json");

    Invocation ended = run("hosting-provider.json", "--fast-forward", "--report", report);

    assertEquals(0, ended.exit(), ended.toString());
    assertEquals("Finished: every row that is not only planned is final.", ended.lastLine());
    JsonNode tasks = Json.MAPPER.readTree(report.toFile()).path("tasks");
    assertEquals(17, tasks.size());
    for (JsonNode task : tasks) {
      String row = task.path("row").asText();
      assertTrue(FINAL.contains(task.path("outcome").asText()), task::toPrettyString);
      if (task.path("outcome").asText().equals("DONE")) {
        assertFalse(task.path("evidence").isEmpty(), row + " has no evidence");
        for (JsonNode evidence : task.path("evidence")) {
          for (String field : List.of("probe", "where", "at", "against", "answer")) {
            assertTrue(evidence.hasNonNull(field), row + ": " + field + " in " + evidence);
          }
        }
      }
    }
    String markdown = Files.readString(folder.resolve("report.md"));
    assertTrue(markdown.contains("| V01 | Configure the mail server | mandatory | done |"));

    List<RecordedCall> calls = calls();
    Map<String, Long> settings =
        calls.stream()
            .filter(call -> call.method().equals("administration.config.ChangeConfigKey"))
            .filter(RecordedCall::succeeded)
            .collect(Collectors.groupingBy(RecordedCall::key, TreeMap::new, Collectors.counting()));
    assertTrue(settings.containsKey("SYSTEM smtp.mail.host"), settings::toString);
    assertTrue(settings.values().stream().allMatch(times -> times == 1), settings::toString);
    assertEquals(
        1,
        performed(
            calls, "platform", "administration.cluster.AddExtIps", "203.0.113.128 203.0.113.143"));
    assertEquals(1, performed(calls, "person", "assign-docker-account", ""));
    assertNothingIsLeftBehind(calls);
  }

  @Test
  void skipsWhatIsNotChosenAndGoesOnWithTheSameCommand() throws IOException {
    Invocation first = run("hosting-provider-minimal.json");
    assertEquals(0, first.exit(), first.toString());
    assertTrue(
        first.out().contains("V02  SKIPPED        Add external IPs: not chosen at intake"),
        first.out());
    List<RecordedCall> before = calls();

    Invocation status = Invocation.of("status", "--data", data());
    assertEquals(0, status.exit(), status.err());
    assertTrue(status.lines().getFirst().contains("COMPLETED, run 2"), status.out());
    assertTrue(status.out().contains("  V01  DONE           Configure the mail server"));

    Invocation again = run("hosting-provider-minimal.json");
    assertEquals(0, again.exit(), again.toString());
    assertTrue(again.lines().getFirst().contains("goes on where it was"), again.out());
    assertEquals(before.size(), calls().size(), "the third parties were called again");
  }

  @Test
  void correctsWhatFails() throws IOException {
    Invocation ended = run("hosting-provider-troubles.json", "--fast-forward");

    assertEquals(0, ended.exit(), ended.toString());
    Map<String, String> failures = new TreeMap<>();
    for (String line : ended.lines()) {
      if (line.matches("V\\d\\d  FAILED .*")) {
        failures.merge(
            line.substring(0, 3),
            line.replaceFirst(".*?: ([a-z0-9.-]+): .*", "$1"),
            (one, other) -> one + " " + other);
      }
    }
    assertEquals("platform.certificate", failures.get("V00"));
    assertEquals("dns.spf", failures.get("V01"));
    assertEquals("external-ips.overlap", failures.get("V02"));
    assertTrue(failures.get("V04").startsWith("uploader.not-connected"), failures::toString);
    assertEquals("monitoring.samples-stale", failures.get("V05"));
    assertEquals("backup.out-of-order", failures.get("V06"));
    assertTrue(ended.out().contains("Credential smtp: INVALID_CREDENTIALS"), ended.out());
    assertTrue(ended.out().contains("Credential docker: INSUFFICIENT_PERMISSION"), ended.out());
    assertNothingIsLeftBehind(calls());
  }

  @Test
  void endsWhereNobodyAnswers() throws IOException {
    JsonNode profile =
        Json.MAPPER.readTree(PROFILES.resolve("hosting-provider-minimal.json").toFile());
    ((ObjectNode) profile).putArray("people");
    Path file = folder.resolve("files-are-beside").resolve("profile.json");
    copy(PROFILES, file.getParent());
    Files.writeString(file, profile.toString());
    Path report = folder.resolve("report.json");

    Invocation ended = Invocation.of("run", file, "--fast-forward", "--report", report);

    assertEquals(1, ended.exit(), ended.toString());
    assertTrue(
        ended.lastLine().startsWith("Ended: nothing can go on by itself: "), ended.lastLine());
    assertTrue(ended.lastLine().contains(" waits for the "), ended.lastLine());
    assertTrue(Files.exists(report), "a run that ends early reports as well");
  }

  private Path data() {
    return folder.resolve("data");
  }

  private Invocation run(String profile, Object... more) {
    List<Object> arguments = new ArrayList<>(List.of("run", PROFILES.resolve(profile)));
    arguments.addAll(List.of("--data", data()));
    arguments.addAll(List.of(more));
    return Invocation.of(arguments.toArray());
  }

  private List<RecordedCall> calls() throws IOException {
    List<RecordedCall> calls = new ArrayList<>();
    for (String line : Files.readAllLines(data().resolve("sandbox").resolve("calls.jsonl"))) {
      calls.add(RecordedCall.fromJson(Json.MAPPER.readTree(line)));
    }
    return calls;
  }

  private static long performed(
      List<RecordedCall> calls, String system, String method, String key) {
    return calls.stream()
        .filter(call -> call.system().equals(system) && call.method().equals(method))
        .filter(call -> call.key().equals(key) && call.succeeded())
        .count();
  }

  /** Each test environment was made once, and removed. */
  private static void assertNothingIsLeftBehind(List<RecordedCall> calls) {
    Map<String, Long> made =
        calls.stream()
            .filter(call -> call.method().equals("environment.control.CreateEnvironment"))
            .filter(RecordedCall::succeeded)
            .collect(Collectors.groupingBy(RecordedCall::key, TreeMap::new, Collectors.counting()));
    long removed =
        calls.stream()
            .filter(call -> call.method().equals("environment.control.DeleteEnv"))
            .filter(RecordedCall::succeeded)
            .count();
    assertTrue(made.values().stream().allMatch(times -> times == 1), made::toString);
    assertEquals(made.size(), removed, made::toString);
  }

  private static void copy(Path from, Path to) throws IOException {
    try (var files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target);
        }
      }
    }
  }
}
