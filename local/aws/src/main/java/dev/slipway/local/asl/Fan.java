package dev.slipway.local.asl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.List;

/** The branches of a Parallel state, or the iterations of a Map, that are under way. */
final class Fan implements Wait {
  /** The input of each. */
  final List<JsonNode> inputs;

  /** The items of a Map; null for a Parallel. */
  final List<JsonNode> items;

  /** At most so many at once. */
  final int concurrency;

  /** The output of each that has ended; null until then. */
  final JsonNode[] outputs;

  /** Those that were started and have not succeeded; null else. */
  final Lane[] lanes;

  int started;
  int succeeded;

  Fan(List<JsonNode> inputs, List<JsonNode> items, int concurrency) {
    this.inputs = inputs;
    this.items = items;
    this.concurrency = concurrency == 0 ? Integer.MAX_VALUE : concurrency;
    this.outputs = new JsonNode[inputs.size()];
    this.lanes = new Lane[inputs.size()];
  }

  int size() {
    return inputs.size();
  }

  boolean isMap() {
    return items != null;
  }

  boolean mayStartAnother() {
    return started < size() && started - succeeded < concurrency;
  }

  boolean complete() {
    return succeeded == size();
  }

  void succeeded(Lane lane, JsonNode output) {
    outputs[lane.index] = output;
    lanes[lane.index] = null;
    succeeded++;
  }

  /** Those that were started and have not succeeded. */
  List<Lane> unfinished() {
    List<Lane> unfinished = new ArrayList<>();
    for (Lane lane : lanes) {
      if (lane != null) {
        unfinished.add(lane);
      }
    }
    return unfinished;
  }

  ArrayNode result() {
    ArrayNode result = JsonNodeFactory.instance.arrayNode(size());
    for (JsonNode output : outputs) {
      result.add(output);
    }
    return result;
  }

  @Override
  public void drop() {}
}
