package dev.slipway.local.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.StreamSupport;

/** A plan as lines for people: what will run, what not and by which rule, who is needed. */
public final class PlanText {
  private PlanText() {}

  /** The lines of a plan as the API answers it. */
  public static List<String> lines(JsonNode plan) {
    List<String> lines = new ArrayList<>();
    Set<String> built = new HashSet<>();
    String section = "";
    for (JsonNode entry : plan.path("entries")) {
      if (!entry.path("section").asText().equals(section)) {
        section = entry.path("section").asText();
        lines.add("Plan: " + section);
      }
      lines.addAll(entry(entry));
      if (!entry.path("effect").asText().equals("PLANNED")) {
        built.add(section);
      }
    }
    for (JsonNode missing : plan.path("missing")) {
      if (!built.contains(missing.path("section").asText())) {
        continue; // Nothing of that section is built yet: nobody needs to give it.
      }
      lines.add(
          "Missing: %s (%s), from %s"
              .formatted(
                  missing.path("title").asText(),
                  missing.path("field").asText(),
                  Wording.party(missing.path("party").asText())));
    }
    return lines;
  }

  private static List<String> entry(JsonNode entry) {
    List<String> lines = new ArrayList<>();
    String rule = entry.path("rule").asText("");
    String instance = entry.path("instance").asText("");
    lines.add(
        "  %-4s %-14s %s%s%s"
            .formatted(
                entry.path("row").asText(),
                effect(entry.path("effect").asText()),
                entry.path("title").asText(),
                instance.isEmpty() ? "" : " @" + instance,
                rule.isEmpty() ? "" : " (" + rule + ")"));
    if (!entry.path("effect").asText().equals("RUN")) {
      return lines;
    }
    String waitsFor = join(entry.path("waitsFor"));
    if (!waitsFor.isEmpty()) {
      lines.add("         after " + waitsFor);
    }
    for (JsonNode step : entry.path("steps")) {
      lines.add(
          "         %s: %s%s"
              .formatted(
                  Wording.party(step.path("party").asText()),
                  step.path("title").asText(),
                  step.path("onlyIfNotPermitted").asBoolean()
                      ? " (only if the machine may not)"
                      : ""));
    }
    for (JsonNode missing : entry.path("missing")) {
      lines.add("         missing: " + missing.path("field").asText());
    }
    return lines;
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
