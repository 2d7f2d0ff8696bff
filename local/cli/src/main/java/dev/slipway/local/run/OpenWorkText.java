package dev.slipway.local.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** The open work of people, as lines that say exactly what to do and how to answer. */
public final class OpenWorkText {
  /** How the launcher was called: the printed commands can be pasted. */
  public static final String COMMAND = System.getProperty("slipway.command", "slipway");

  private final UnaryOperator<String> place;

  /**
   * @param place for the party that answers, the options that name the Slipway and who calls
   */
  public OpenWorkText(UnaryOperator<String> place) {
    this.place = place;
  }

  /** The lines for an answer of {@code GET /onboardings/{onboarding}}. */
  public List<String> lines(JsonNode answer) {
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

  private List<String> lines(String onboarding, JsonNode work) {
    List<String> lines = new ArrayList<>();
    String task = work.path("task").asText();
    String instances = instances(work);
    String step = work.path("step").asText("");
    boolean waiver = work.path("about").asText().equals("WAIVER");
    lines.add(
        "%s%s%s waits for %s%s%s"
            .formatted(
                waiver ? "a waiver of " : "",
                task,
                instances.isEmpty() ? "" : ", " + work.path("instances").size() + " instances,",
                waiver ? "a manager" : Wording.party(work.path("party").asText()),
                step.isEmpty() ? "" : ", step " + step,
                work.path("underWay").asBoolean() ? " (an answer is being looked at)" : ""));
    add(lines, "of", instances.replace(",", ", "));
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
    String party = work.path("party").asText();
    String about = onboarding + " " + task;
    if (waiver) {
      add(lines, "agree", command(party, "approve " + about + " --reason \"...\""));
      add(lines, "or not", command(party, "approve " + about + " --refuse --reason \"...\""));
    }
    if (!step.isEmpty()) {
      String those = instances.isEmpty() ? "" : " --instances " + instances;
      add(
          lines,
          "answer",
          command(party, "answer " + about + " " + step + those + " --statement \"...\""));
    }
    return lines;
  }

  /** Of what is asked alike of several instances, their names; one stands in the task's name. */
  private static String instances(JsonNode work) {
    return work.path("instances").size() < 2
        ? ""
        : StreamSupport.stream(work.path("instances").spliterator(), false)
            .map(JsonNode::asText)
            .collect(Collectors.joining(","));
  }

  private String command(String party, String words) {
    return "%s %s %s".formatted(COMMAND, words, place.apply(party));
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
