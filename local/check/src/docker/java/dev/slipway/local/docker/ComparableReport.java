package dev.slipway.local.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A report without what may differ between two engines, or between two runs of one. docs/testing.md
 * says the same in words:
 *
 * <ul>
 *   <li>times, days and durations, also within texts;
 *   <li>generated ids: of the onboarding, the random endings of what a task makes at a third party,
 *       and the numbers that third parties and Slipway give one after another, whichever row asks
 *       for one first;
 *   <li>the hash of the hand-over pack, which holds such times and ids;
 *   <li>what a look says of rows beside its own, or of an earlier attempt, which depends on which
 *       was first, and how many records had come when it looked;
 *   <li>how often: numbers of runs and attempts, and the waits, which a stopped run cuts in two.
 * </ul>
 *
 * <p>Everything else has to be equal: tasks and their order, outcomes, reasons, each piece of
 * evidence with its probe, place, target and answer, what people said, and who took part.
 */
final class ComparableReport {
  private static final Set<String> MAY_DIFFER =
      Set.of(
          "onboarding",
          "at",
          "createdAt",
          "startedAt",
          "endedAt",
          "finishedAt",
          "generatedAt",
          "seconds",
          "tookSeconds",
          "waitedSeconds",
          "runs",
          "attempts",
          "waitedFor");

  /**
   * A time, or the day only (midnight may come between the two runs); a random name, or a random
   * ending of ten or twelve hexadecimal digits; and the numbers of a certificate, of what a third
   * party counts, and of a file.
   */
  private static final Map<String, String> WITHIN_TEXTS =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("\\d{4}-\\d{2}-\\d{2}(T\\d{2}:\\d{2}:\\d{2}(\\.\\d+)?Z)?", "(time)"),
              Map.entry("\\bslipway[0-9a-f]{32}\\b", "slipway(id)"),
              Map.entry("found after \\d+ s\\b", "found after (seconds)"),
              Map.entry("-[0-9a-f]{10}([0-9a-f]{2})?(?![0-9a-zA-Z])", "-(id)"),
              Map.entry("…/0000-\\d{4}", "…/(number)"),
              Map.entry("\\baccount …?\\d{4,}", "account (number)"),
              Map.entry("\\b(user|app|policy) \\d+", "$1 (number)"),
              Map.entry("\\bKEY\\d{5,}", "KEY(number)"),
              Map.entry("\\bfile-\\d+\\b", "file-(number)"),
              Map.entry("at least \\d+ record", "at least (number) record")));

  /**
   * Their answers tell what stands beside what the row made, or whether an earlier attempt of the
   * row had made it already.
   */
  private static final Set<String> DEPENDS_ON_ORDER =
      Set.of("targets of both environments", "GET /mnoe/health_check/full", "apps of the hub");

  /** Its evidence names a document by its hash, and the document holds ids and times. */
  private static final String HAND_OVER_PACK = "hand-over pack";

  private ComparableReport() {}

  /**
   * @param report a whole report, or an object with some of its fields, the onboarding's id among
   *     them
   */
  static JsonNode of(JsonNode report) {
    return of(report, report.path("onboarding").asText());
  }

  private static JsonNode of(JsonNode report, String onboarding) {
    return switch (report) {
      case ObjectNode object -> {
        ObjectNode copy = JsonNodeFactory.instance.objectNode();
        // Sorted: the order of an object's fields says nothing.
        object.properties().stream()
            .sorted(Map.Entry.comparingByKey())
            .forEach(
                field -> {
                  if (!MAY_DIFFER.contains(field.getKey())) {
                    copy.set(field.getKey(), of(field.getValue(), onboarding));
                  }
                });
        if (object.path("probe").asText().equals(HAND_OVER_PACK)) {
          copy.put("against", "(the pack's hash)");
        }
        if (DEPENDS_ON_ORDER.contains(object.path("probe").asText())) {
          copy.put("answer", "(what stands already)");
        }
        yield copy;
      }
      case ArrayNode array -> {
        ArrayNode copy = JsonNodeFactory.instance.arrayNode();
        array.forEach(item -> copy.add(of(item, onboarding)));
        yield copy;
      }
      case TextNode text -> {
        String told = text.asText().replace(onboarding, "(onboarding)");
        for (Map.Entry<String, String> each : WITHIN_TEXTS.entrySet()) {
          told = told.replaceAll(each.getKey(), each.getValue());
        }
        yield TextNode.valueOf(told);
      }
      default -> report;
    };
  }
}
