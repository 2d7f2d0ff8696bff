package dev.slipway.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** The effect of another value of an element, as text for people. */
final class EffectText {
  private EffectText() {}

  /**
   * The lines.
   *
   * @param tasks as the API tells them
   * @param missing what would be asked for
   */
  static List<String> lines(JsonNode tasks, JsonNode missing) {
    List<String> lines = new ArrayList<>();
    int unchanged = 0;
    for (JsonNode task : tasks) {
      if (task.path("effect").asText().equals("UNCHANGED")) {
        unchanged++;
        continue;
      }
      lines.add(
          "%-4s %-14s %s (%s): %s"
              .formatted(
                  task.path("row").asText(),
                  task.path("effect").asText().replace('_', ' '),
                  task.path("title").asText() + instance(task.path("task").asText()),
                  task.path("outcome").asText(),
                  task.path("rule").asText()));
    }
    for (JsonNode each : missing) {
      lines.add(
          "     asked for: %s (%s)"
              .formatted(each.path("title").asText(), each.path("field").asText()));
    }
    lines.add(unchanged + (unchanged == 1 ? " task is" : " tasks are") + " unchanged.");
    return lines;
  }

  private static String instance(String task) {
    int at = task.indexOf('@');
    return at < 0 ? "" : " " + task.substring(at);
  }
}
