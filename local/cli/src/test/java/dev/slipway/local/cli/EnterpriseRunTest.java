package dev.slipway.local.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.checklist.Checklist;
import dev.slipway.checklist.Checklists;
import dev.slipway.checklist.Task;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An enterprise of two tenants, two environments and five applications, from intake to the end. */
@ExtendWith(FinishedRun.Resolver.class)
@Order(1) // Takes long, so it begins early.
class EnterpriseRunTest {
  private static final Checklist CHECKLIST = new Checklists().newest("enterprise-environment");

  /** A credential is tested as it is given, which may be long before. */
  private static final String OF_INTAKE = "test of the credential";

  /** The tasks whose instance of Production waits for that of UAT from its first step on. */
  private static final Set<String> PROMOTED =
      CHECKLIST
          .tasks()
          .filter(task -> task.promote() != null && task.promote().from() == null)
          .map(Task::id)
          .collect(Collectors.toSet());

  @Test
  void productionNeverStartsBeforeItsTwin(@FinishedRun.Of("enterprise-onprem.json") FinishedRun run)
      throws IOException {
    assertEquals(0, run.ended().exit(), run.ended().toString());
    Map<String, JsonNode> lines = new HashMap<>();
    run.report().path("tasks").forEach(line -> lines.put(key(line), line));
    List<String> compared = new ArrayList<>();
    lines.forEach(
        (key, line) -> {
          JsonNode twin = lines.get(key.replace("@production.", "@uat."));
          if (key.contains("@production.") && isPromoted(line) && twin != null) {
            Instant ready = firstFinal(twin);
            for (Instant begun : begun(line)) {
              assertFalse(begun.isBefore(ready), () -> key + " at " + begun + ", twin " + ready);
            }
            compared.add(key);
          }
        });
    // Four components, and of each of two tenants its frontend and its features.
    assertTrue(compared.size() >= 8, compared::toString);
  }

  /** This customer wants to accept UAT as a whole: all that is promoted waits for it (U01). */
  @Test
  void productionWaitsUntilUatIsAccepted(@FinishedRun.Of("enterprise-onprem.json") FinishedRun run)
      throws IOException {
    JsonNode lines = run.report().path("tasks");
    JsonNode accepted = line(lines, "products.accept-uat@");
    assertEquals("DONE", accepted.path("outcome").asText());
    assertTrue(accepted.path("evidence").toString().contains("UAT accepted by "));
    Instant at = firstFinal(accepted);
    List<String> compared = new ArrayList<>();
    for (JsonNode line : lines) {
      if (isPromoted(line) && line.path("instance").asText().startsWith("production")) {
        for (Instant begun : begun(line)) {
          assertFalse(begun.isBefore(at), () -> key(line) + " at " + begun + ", accepted " + at);
        }
        compared.add(key(line));
      }
    }
    assertTrue(compared.size() >= 8, compared::toString);
  }

  private static JsonNode line(JsonNode lines, String key) {
    return lines.valueStream().filter(line -> key(line).equals(key)).findFirst().orElseThrow();
  }

  /** Keys of another environment, and a Nex! that does not answer: told, and mended (M29, M30). */
  @Test
  void aConnectorOnPremiseMeetsTroubles(@FinishedRun.Of("enterprise-onprem.json") FinishedRun run)
      throws IOException {
    String told = run.ended().out();
    assertTrue(
        told.contains(
            "another credential for connector-environment@production.salesforce:"
                + " WRONG_REGION_OR_ENV"),
        told);
    String waits = FinishedRun.waits(run.report(), "M30");
    assertTrue(waits.contains("(HTTP 503)"), waits);
  }

  /** When the last wait ended: a later look, over what changed since, moves its end alone. */
  private static Instant firstFinal(JsonNode line) {
    JsonNode waits = line.path("waitedFor");
    JsonNode end =
        waits.isEmpty() ? line.path("finishedAt") : waits.path(waits.size() - 1).path("to");
    return Instant.parse(end.asText());
  }

  private static boolean isPromoted(JsonNode line) {
    return PROMOTED.contains(line.path("task").asText())
        && line.path("outcome").asText().equals("DONE");
  }

  private static String key(JsonNode line) {
    return line.path("task").asText() + "@" + line.path("instance").asText();
  }

  /** When the task did anything, or asked anybody. */
  private static List<Instant> begun(JsonNode line) {
    List<Instant> times = new ArrayList<>();
    for (JsonNode each : line.path("evidence")) {
      if (!each.path("probe").asText().equals(OF_INTAKE)) {
        times.add(Instant.parse(each.path("at").asText()));
      }
    }
    for (JsonNode wait : line.path("waitedFor")) {
      if (!wait.path("party").asText().equals("MACHINE")) {
        times.add(Instant.parse(wait.path("from").asText()));
      }
    }
    return times;
  }
}
