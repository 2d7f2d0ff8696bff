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
 *       and the numbers that the platform gives accounts, and Slipway gives files, one after
 *       another, whichever section makes one first;
 *   <li>the hash of the hand-over pack, which holds such times and ids;
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
   * A time, or the day only (midnight may come between the two runs); a random ending, ten or
   * twelve hexadecimal digits long; a platform account's number; a file's number.
   */
  private static final Map<String, String> WITHIN_TEXTS =
      new TreeMap<>(
          Map.of(
              "\\d{4}-\\d{2}-\\d{2}(T\\d{2}:\\d{2}:\\d{2}(\\.\\d+)?Z)?",
              "(time)",
              "-[0-9a-f]{10}([0-9a-f]{2})?(?![0-9a-zA-Z])",
              "-(id)",
              "\\baccount \\d{4,}",
              "account (number)",
              "\\bfile-\\d+\\b",
              "file-(number)"));

  /** Its evidence names a document by its hash, and the document holds ids and times. */
  private static final String HAND_OVER_PACK = "hand-over pack";

  private ComparableReport() {}

  static JsonNode of(JsonNode report) {
    return switch (report) {
      case ObjectNode object -> {
        ObjectNode copy = JsonNodeFactory.instance.objectNode();
        // Sorted: the order of an object's fields says nothing.
        object.properties().stream()
            .sorted(Map.Entry.comparingByKey())
            .forEach(
                field -> {
                  if (!MAY_DIFFER.contains(field.getKey())) {
                    copy.set(field.getKey(), of(field.getValue()));
                  }
                });
        if (object.path("probe").asText().equals(HAND_OVER_PACK)) {
          copy.put("against", "(the pack's hash)");
        }
        yield copy;
      }
      case ArrayNode array -> {
        ArrayNode copy = JsonNodeFactory.instance.arrayNode();
        array.forEach(item -> copy.add(of(item)));
        yield copy;
      }
      case TextNode text -> {
        String told = text.asText();
        for (Map.Entry<String, String> each : WITHIN_TEXTS.entrySet()) {
          told = told.replaceAll(each.getKey(), each.getValue());
        }
        yield TextNode.valueOf(told);
      }
      default -> report;
    };
  }
}
