package dev.slipway.local.asl.replay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.local.asl.history.HistoryEvent;
import dev.slipway.local.asl.history.HistoryListener;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Gathers from a history which states were visited, in the form in which cases expect them. */
final class VisitedStates implements HistoryListener {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<ObjectNode> visits = new ArrayList<>();
  private final ArrayNode evaluationFailures = JsonNodeFactory.instance.arrayNode();

  /** In which iterations each event stands. */
  private final Map<Long, List<Integer>> positions = new HashMap<>();

  @Override
  public void on(String executionArn, HistoryEvent event) {
    List<Integer> before = positions.getOrDefault(event.previousId(), List.of());
    positions.put(event.id(), after(before, event));
  }

  private List<Integer> after(List<Integer> before, HistoryEvent event) {
    String type = event.type().apiName();
    if (type.endsWith("StateEntered")) {
      entered(before, event, type.substring(0, type.length() - "StateEntered".length()));
      return before;
    }
    if (type.endsWith("StateExited")) {
      exited(event);
      return before;
    }
    return switch (event.type()) {
      case MAP_ITERATION_STARTED -> {
        List<Integer> indexes = new ArrayList<>(before);
        indexes.add(event.details().get("index").asInt());
        yield indexes;
      }
      case MAP_ITERATION_SUCCEEDED, MAP_ITERATION_FAILED, MAP_ITERATION_ABORTED ->
          withoutLast(before);
      case EVALUATION_FAILED -> {
        evaluationFailures.add(event.details());
        yield before;
      }
      default -> before;
    };
  }

  private static List<Integer> withoutLast(List<Integer> list) {
    return list.isEmpty() ? list : list.subList(0, list.size() - 1);
  }

  private void entered(List<Integer> before, HistoryEvent event, String type) {
    ObjectNode visit = JsonNodeFactory.instance.objectNode();
    visit.put("name", event.details().get("name").textValue());
    visit.put("type", type);
    if (!before.isEmpty()) {
      ArrayNode indexes = visit.putArray("mapIndexes");
      before.forEach(indexes::add);
    }
    visit.set("input", parsed(event.details().get("input")));
    visits.add(visit);
  }

  /** Of the visits of that state which are open, iterations told apart by the order of entry. */
  private void exited(HistoryEvent event) {
    ObjectNode visit = openVisit(event);
    visit.set("output", parsed(event.details().get("output")));
    JsonNode variables = event.details().path("assignedVariables");
    if (!variables.isMissingNode()) {
      ObjectNode assigned = visit.putObject("assigned");
      variables.properties().forEach(v -> assigned.set(v.getKey(), parsed(v.getValue())));
    }
  }

  private ObjectNode openVisit(HistoryEvent event) {
    String name = event.details().get("name").textValue();
    List<Integer> indexes = positions.get(event.previousId());
    ArrayNode expected = JsonNodeFactory.instance.arrayNode();
    indexes.forEach(expected::add);
    return visits.stream()
        .filter(visit -> visit.get("name").textValue().equals(name) && !visit.has("output"))
        .filter(
            visit ->
                indexes.isEmpty()
                    ? !visit.has("mapIndexes")
                    : expected.equals(visit.get("mapIndexes")))
        .reduce((first, second) -> second)
        .orElseThrow();
  }

  private static JsonNode parsed(JsonNode text) {
    try {
      return JSON.readTree(text.textValue());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  List<ObjectNode> visits() {
    return visits;
  }

  ArrayNode evaluationFailures() {
    return evaluationFailures;
  }
}
