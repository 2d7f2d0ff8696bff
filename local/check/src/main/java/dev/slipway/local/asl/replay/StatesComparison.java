package dev.slipway.local.asl.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Compares the visited states with those expected: in order; or, where branches ran at once, as a
 * multiset whose order inside of each iteration holds.
 */
final class StatesComparison {
  private final List<JsonNode> expected = new ArrayList<>();
  private final List<ObjectNode> actual;
  private final boolean unordered;

  /**
   * @param expect a case's {@code expect}
   */
  StatesComparison(JsonNode expect, List<ObjectNode> visits) {
    expect.get("states").forEach(expected::add);
    this.unordered = expect.path("unordered").asBoolean();
    this.actual = expect.path("partialStates").asBoolean() ? onlyNamed(visits) : visits;
  }

  /** Of a distributed Map only the outside was recorded. */
  private List<ObjectNode> onlyNamed(List<ObjectNode> visits) {
    Set<String> names = new HashSet<>();
    expected.forEach(state -> names.add(state.path("name").asText()));
    return visits.stream().filter(visit -> names.contains(visit.path("name").asText())).toList();
  }

  Optional<String> difference() {
    if (!unordered) {
      return inOrder(expected, actual);
    }
    Optional<String> different = asMultiset();
    return different.isPresent() ? different : perIteration();
  }

  private static Optional<String> inOrder(
      List<? extends JsonNode> expected, List<? extends JsonNode> actual) {
    for (int i = 0; i < Math.min(expected.size(), actual.size()); i++) {
      Optional<String> difference =
          Comparison.difference("states[" + i + "]", expected.get(i), actual.get(i));
      if (difference.isPresent()) {
        return difference;
      }
    }
    return expected.size() == actual.size()
        ? Optional.empty()
        : Optional.of(
            "%d states expected but %d visited: %s"
                .formatted(expected.size(), actual.size(), names(actual)));
  }

  private static List<String> names(List<? extends JsonNode> states) {
    return states.stream().map(state -> state.path("name").asText()).toList();
  }

  private Optional<String> asMultiset() {
    List<ObjectNode> left = new ArrayList<>(actual);
    for (JsonNode state : expected) {
      Optional<ObjectNode> match =
          left.stream().filter(visit -> Comparison.matches(state, visit)).findFirst();
      if (match.isEmpty()) {
        return Optional.of("no visit like " + Comparison.shown(state));
      }
      left.remove(match.get());
    }
    return left.isEmpty() ? Optional.empty() : Optional.of("visits not expected: " + names(left));
  }

  private Optional<String> perIteration() {
    Map<JsonNode, List<String>> wanted = byIteration(expected);
    Map<JsonNode, List<String>> had = byIteration(actual);
    for (Map.Entry<JsonNode, List<String>> iteration : wanted.entrySet()) {
      if (!iteration.getValue().equals(had.get(iteration.getKey()))) {
        return Optional.of(
            "iteration %s visited %s, not %s"
                .formatted(iteration.getKey(), had.get(iteration.getKey()), iteration.getValue()));
      }
    }
    return Optional.empty();
  }

  private static Map<JsonNode, List<String>> byIteration(List<? extends JsonNode> states) {
    Map<JsonNode, List<String>> names = new LinkedHashMap<>();
    for (JsonNode state : states) {
      if (state.has("mapIndexes")) {
        names
            .computeIfAbsent(state.get("mapIndexes"), indexes -> new ArrayList<>())
            .add(state.path("name").asText());
      }
    }
    return names;
  }
}
