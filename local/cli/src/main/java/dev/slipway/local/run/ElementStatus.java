package dev.slipway.local.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * An element that is a row of the guide, as the API tells it (the schema {@code ElementLine}).
 *
 * <pre>
 * M05  INVALID        SSL certificates: for the customer
 *        error at uat.0.chain: The issuer is missing. Next: Hand over the whole chain.
 * </pre>
 */
public record ElementStatus(JsonNode line) {
  private static final Set<String> FINAL = Set.of("DONE", "NOT_APPLICABLE", "SKIPPED", "WAIVED");

  /** Those of a list. */
  static List<ElementStatus> of(JsonNode lines) {
    return lines.valueStream().map(ElementStatus::new).toList();
  }

  /**
   * The lines that count: of an element with instances those, and of what is optional what was
   * given.
   */
  static List<ElementStatus> counted(List<ElementStatus> all) {
    return all.stream()
        .filter(each -> !each.isWhole(all))
        .filter(each -> !each.isOptional() || !each.is("MISSING"))
        .toList();
  }

  boolean isFinal() {
    return FINAL.contains(text("outcome"));
  }

  /** Whether others are its instances. */
  private boolean isWhole(List<ElementStatus> all) {
    return all.stream().anyMatch(each -> each.text("key").startsWith(text("key") + "@"));
  }

  /** Row, outcome and title; below it, each finding. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    String detail = detail();
    String instance = text("instance");
    lines.add(
        Wording.oneLine(
            "%-4s %-14s %s%s%s"
                .formatted(
                    text("row"),
                    text("outcome"),
                    text("title"),
                    instance.isEmpty() ? "" : " (" + instance + ")",
                    detail.isEmpty() ? "" : ": " + detail)));
    line.path("findings").forEach(finding -> lines.add("       " + finding(finding)));
    return lines;
  }

  /** The same with what proves it: who gave it, and what was seen. */
  public List<String> linesWithEvidence() {
    List<String> lines = new ArrayList<>(lines());
    for (JsonNode proof : line.path("evidence")) {
      lines.add(
          Wording.oneLine(
                  "%s, %s, %s, against %s: %s"
                      .formatted(
                          proof.path("probe").asText(),
                          proof.path("by").asText("machine"),
                          Wording.second(proof.path("at").asText()),
                          proof.path("against").asText(),
                          proof.path("answer").asText()))
              .indent(7)
              .stripTrailing());
    }
    return lines;
  }

  /** Who is waited for and for what; of a final row, why it is so. */
  private String detail() {
    String reason = text("reason");
    boolean isMissed = is("MISSING") && !isOptional();
    if (!isMissed && !is("INVALID") && !line.has("step")) {
      return reason;
    }
    return "for "
        + Wording.party(text("party"))
        + (line.has("step") ? ", step " + text("step") : "")
        + (reason.isEmpty() ? "" : ": " + reason);
  }

  private static String finding(JsonNode finding) {
    String field = finding.path("field").asText().replaceFirst("^/", "").replace('/', '.');
    return Wording.oneLine(
        "%s%s: %s Next: %s"
            .formatted(
                finding.path("weight").asText().toLowerCase(Locale.ROOT),
                field.isEmpty() ? "" : " at " + field,
                finding.path("message").asText(),
                finding.path("nextStep").asText()));
  }

  private boolean isOptional() {
    return text("requirement").equals("optional");
  }

  private boolean is(String outcome) {
    return text("outcome").equals(outcome);
  }

  private String text(String field) {
    return line.path(field).asText("");
  }
}
