package dev.slipway.local.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.Set;

/**
 * Why a row that was final is open again, as far as the audit trail tells: the newest request for
 * the row itself, or else the newest change of what was given.
 *
 * @param newest the newest page of events, as the API answers it, newest first
 */
record WhyBack(JsonNode newest) {
  /** What the machine writes of a task by itself. */
  private static final Set<String> OWN = Set.of("task.committed", "task.dependencies-final");

  private static final Set<String> CHANGES =
      Set.of("element.saved", "credential.graded", "tasks.verification-requested");

  /** A clause: {@code then Carla saved mail-server}; empty if the trail tells nothing of it. */
  Optional<String> of(String task) {
    return newest
        .path("events")
        .valueStream()
        .filter(event -> isRequest(event, task) || isChange(event, task))
        .findFirst()
        .map(
            event ->
                "then %s: %s%s%s"
                    .formatted(
                        event.path("by").asText(),
                        event.path("what").asText().replaceFirst("^[^.]*\\.", "").replace('-', ' '),
                        part(" ", event.path("subject").asText("")),
                        part(" - ", event.path("why").asText(""))));
  }

  private static boolean isRequest(JsonNode event, String task) {
    String what = event.path("what").asText();
    return event.path("subject").asText().equals(task)
        && what.startsWith("task.")
        && !OWN.contains(what);
  }

  /** A change names the tasks that are looked at again because of it, of very many some. */
  private static boolean isChange(JsonNode event, String task) {
    String again = event.path("detail").asText("");
    return CHANGES.contains(event.path("what").asText())
        && (again.contains(task) || again.endsWith(" more"));
  }

  private static String part(String before, String text) {
    return text.isEmpty() ? "" : before + text;
  }
}
