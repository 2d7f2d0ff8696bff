package dev.slipway.local.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** A plan as lines for people: what will run, what not and by which rule, who is needed. */
public final class PlanText {
  private static final String CREDENTIAL = "credential:";
  private static final int MOST_NAMED = 5;

  private PlanText() {}

  /** The lines of a plan as the API answers it. */
  public static List<String> lines(JsonNode plan) {
    List<String> lines = new ArrayList<>();
    if (!plan.path("entries").isEmpty()) {
      lines.add(summary(plan));
    }
    Map<String, String> rows = new HashMap<>();
    plan.path("entries")
        .forEach(entry -> rows.put(entry.path("task").asText(), entry.path("row").asText()));
    Map<Entry, List<String>> entries = new LinkedHashMap<>();
    for (JsonNode each : plan.path("entries")) {
      List<String> instances =
          entries.computeIfAbsent(entry(each, rows), entry -> new ArrayList<>());
      if (each.hasNonNull("instance") && !each.path("instance").asText().isEmpty()) {
        instances.add(each.path("instance").asText());
      }
    }
    String section = "";
    for (Map.Entry<Entry, List<String>> each : entries.entrySet()) {
      if (!each.getKey().section().equals(section)) {
        section = each.getKey().section();
        lines.add("Plan: " + section);
      }
      lines.addAll(each.getKey().lines(each.getValue()));
    }
    if (plan.has("elements")) {
      lines.add("Elements:");
      ElementStatus.of(plan.path("elements")).stream()
          .flatMap(element -> element.lines().stream())
          .forEach(line -> lines.add("  " + line));
    }
    lines.addAll(missing(plan.path("missing")));
    return lines;
  }

  /** The whole plan in a line: {@code 12 by machine, 5 by people; 3 missing: Platform, …}. */
  private static String summary(JsonNode plan) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (JsonNode entry : plan.path("entries")) {
      String effect = entry.path("effect").asText();
      boolean people = entry.path("steps").valueStream().anyMatch(step -> !step.has("onlyIf"));
      counts.merge(
          effect.equals("RUN") ? people ? "by people" : "by machine" : effect(effect),
          1,
          Integer::sum);
    }
    List<String> parts = new ArrayList<>();
    List.of("by machine", "by people")
        .forEach(who -> parts.add(counts.getOrDefault(who, 0) + " " + who));
    counts.keySet().removeAll(List.of("by machine", "by people"));
    counts.forEach((effect, number) -> parts.add(number + " " + effect));
    List<String> titles =
        plan.path("missing").valueStream().map(each -> each.path("title").asText()).toList();
    String missing =
        titles.isEmpty()
            ? "nothing missing"
            : titles.size()
                + " missing: "
                + titles.stream().limit(MOST_NAMED).collect(Collectors.joining(", "))
                + (titles.size() > MOST_NAMED
                    ? " and " + (titles.size() - MOST_NAMED) + " more"
                    : "");
    return String.join(", ", parts) + "; " + missing;
  }

  /** Section by section, who has to give what, under the name by which it is given. */
  private static List<String> missing(JsonNode missing) {
    List<String> lines = new ArrayList<>();
    String section = "";
    for (JsonNode each : missing) {
      if (!each.path("section").asText().equals(section)) {
        section = each.path("section").asText();
        lines.add("Missing before " + section + " can start:");
      }
      String field = each.path("field").asText();
      boolean credential = field.startsWith(CREDENTIAL);
      lines.add(
          "  %s gives %s %s: %s"
              .formatted(
                  Wording.party(each.path("party").asText()),
                  credential ? "the credential" : "the element",
                  credential ? field.substring(CREDENTIAL.length()) : field,
                  each.path("title").asText()));
    }
    if (!missing.isEmpty()) {
      lines.add("Give it with:");
      lines.add("  " + OpenWorkText.COMMAND + " element set ONBOARDING ELEMENT --file FILE");
      lines.add("  " + OpenWorkText.COMMAND + " credential store ONBOARDING SYSTEM --file FILE");
    }
    return lines;
  }

  /** The text of a task, or of several instances that have the same text. */
  private record Entry(String section, String head, String rule, List<String> more) {
    List<String> lines(List<String> instances) {
      List<String> lines = new ArrayList<>();
      lines.add(
          head
              + (instances.isEmpty() ? "" : " @" + String.join(", ", instances))
              + (rule.isEmpty() ? "" : " (" + rule + ")"));
      lines.addAll(more);
      return lines;
    }
  }

  private static Entry entry(JsonNode entry, Map<String, String> rows) {
    return new Entry(
        entry.path("section").asText(),
        "  %-4s %-14s %s"
            .formatted(
                entry.path("row").asText(),
                effect(entry.path("effect").asText()),
                entry.path("title").asText()),
        entry.path("rule").asText(""),
        more(entry, rows));
  }

  private static List<String> more(JsonNode entry, Map<String, String> rows) {
    List<String> lines = new ArrayList<>();
    String undecided = join(entry.path("undecided"));
    if (!undecided.isEmpty()) {
      lines.add("         depends on what is missing: " + undecided);
    }
    if (!entry.path("effect").asText().equals("RUN")) {
      return lines;
    }
    String waitsFor =
        StreamSupport.stream(entry.path("waitsFor").spliterator(), false)
            .map(task -> row(task.asText(), rows))
            .collect(Collectors.joining(", "));
    if (!waitsFor.isEmpty()) {
      lines.add("         after " + waitsFor);
    }
    if (entry.has("note")) {
      lines.add("         " + entry.path("note").asText());
    }
    for (JsonNode step : entry.path("steps")) {
      lines.add(
          "         %s: %s%s"
              .formatted(
                  Wording.party(step.path("party").asText()),
                  step.path("title").asText(),
                  step.has("onlyIf") ? " (only if " + step.path("onlyIf").asText() + ")" : ""));
    }
    String missing =
        StreamSupport.stream(entry.path("missing").spliterator(), false)
            .map(each -> each.path("field").asText())
            .collect(Collectors.joining(", "));
    if (!missing.isEmpty()) {
      lines.add("         missing: " + missing);
    }
    return lines;
  }

  /** A task's row, with its instance. */
  private static String row(String task, Map<String, String> rows) {
    String id = task.replaceFirst("@.*", "");
    return rows.getOrDefault(id, id) + task.substring(id.length());
  }

  private static String effect(String effect) {
    return switch (effect) {
      case "RUN" -> "runs";
      case "SKIP" -> "skipped";
      case "WAIVE" -> "waived";
      default -> effect.toLowerCase(Locale.ROOT).replace('_', ' ');
    };
  }

  private static String join(JsonNode texts) {
    return String.join(
        ", ", StreamSupport.stream(texts.spliterator(), false).map(JsonNode::asText).toList());
  }
}
