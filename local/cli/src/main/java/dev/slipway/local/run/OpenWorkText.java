package dev.slipway.local.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
    for (JsonNode fact : work.path("facts")) {
      add(lines, "given", fact.path("title").asText() + ": " + fact.path("value").asText());
    }
    for (JsonNode snippet : work.path("snippets")) {
      add(lines, "to copy", snippet.path("title").asText() + ":\n" + snippet.path("text").asText());
    }
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
      List<String> fields = fields(work.path("values"));
      add(lines, "values", String.join("\n", fields));
      String those =
          (instances.isEmpty() ? "" : " --instances " + instances)
              + (needsValues(work.path("values")) ? " --values FILE" : "");
      add(
          lines,
          "answer",
          command(party, "answer " + about + " " + step + those + " --statement \"...\""));
    }
    return lines;
  }

  /** Whether the answer is refused without a file of values; one may be added all the same. */
  private static boolean needsValues(JsonNode schema) {
    return !schema.path("required").isEmpty() || schema.has("oneOf");
  }

  /**
   * What the answer's values are, by name: {@code report: Report}, {@code link: Page, optional}.
   */
  private static List<String> fields(JsonNode schema) {
    List<String> fields = new ArrayList<>();
    schema.path("oneOf").forEach(form -> fields.add(form.path("title").asText() + ":"));
    Stream.concat(Stream.of(schema), schema.path("oneOf").valueStream())
        .forEach(
            form ->
                form.path("properties")
                    .properties()
                    .forEach(field -> fields.add(field(form, field.getKey(), field.getValue()))));
    return fields;
  }

  private static String field(JsonNode form, String name, JsonNode schema) {
    boolean isRequired =
        form.path("required").valueStream().anyMatch(each -> each.asText().equals(name));
    return Stream.of(
            schema.path("title").asText(schema.path("const").asText("")),
            schema.path("description").asText(""),
            schema.has("x-slipway-file") ? "what `" + COMMAND + " file upload` prints" : "",
            isRequired ? "" : "optional")
        .filter(words -> !words.isEmpty())
        .collect(Collectors.joining("; ", name + ": ", ""));
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
