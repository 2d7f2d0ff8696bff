package dev.slipway.local.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** What is asked of people, as lines that say exactly what to do and how to answer. */
public final class OpenWorkText {
  private OpenWorkText() {}

  /** The lines for an answer of {@code GET /onboardings/{onboarding}}. */
  public static List<String> lines(JsonNode answer) {
    List<String> lines = new ArrayList<>();
    String onboarding = answer.path("onboarding").path("id").asText();
    for (JsonNode work : answer.path("openWork")) {
      if (!work.path("party").asText().equals("MACHINE")) {
        lines.add("");
        lines.addAll(lines(onboarding, work));
      }
    }
    return lines;
  }

  private static List<String> lines(String onboarding, JsonNode work) {
    List<String> lines = new ArrayList<>();
    String task = work.path("task").asText();
    String step = work.path("step").asText("");
    boolean waiver = work.path("about").asText().equals("WAIVER");
    lines.add(
        "%s%s waits for %s%s%s"
            .formatted(
                waiver ? "a waiver of " : "",
                task,
                waiver ? "a manager" : Wording.party(work.path("party").asText()),
                step.isEmpty() ? "" : ", step " + step,
                work.path("underWay").asBoolean() ? " (an answer is being looked at)" : ""));
    add(lines, "to do", work.path("instructions").asText(""));
    add(lines, "checked", work.path("check").asText(""));
    add(
        lines,
        "due",
        Wording.second(work.path("due").asText(""))
            + (work.path("overdue").asBoolean() ? " (overdue)" : ""));
    add(lines, "delegated", work.path("delegatedTo").asText(""));
    JsonNode problem = work.path("problem");
    add(lines, "problem", problem.path("message").asText(""));
    add(lines, "field", problem.path("field").asText(""));
    if (waiver) {
      add(
          lines,
          "answer",
          "slipway approve %s %s [--refuse] --reason \"...\"".formatted(onboarding, task));
    }
    if (!step.isEmpty()) {
      add(
          lines,
          "answer",
          "slipway answer %s %s %s --statement \"...\"".formatted(onboarding, task, step));
    }
    return lines;
  }

  private static void add(List<String> lines, String what, String text) {
    String name = what;
    for (String line : text.strip().split("\\R+", -1)) {
      if (!line.isBlank()) {
        lines.add("  %-9s %s".formatted(name, line));
        name = "";
      }
    }
  }
}
