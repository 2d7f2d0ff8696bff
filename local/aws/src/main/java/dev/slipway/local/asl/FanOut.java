package dev.slipway.local.asl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.List;

/** The branches of a Parallel state, or the iterations of a Map, that are under way. */
final class FanOut implements Wait {
  /** The input of each. */
  final List<JsonNode> inputs;

  /** The items of a Map; null for a Parallel. */
  final List<JsonNode> items;

  /** At most so many at once. */
  final int concurrency;

  /** The output of each that has ended; null until then. */
  final JsonNode[] outputs;

  /** Those that were started and have not succeeded; null else. */
  final Branch[] branches;

  int started;
  int succeeded;

  FanOut(List<JsonNode> inputs, List<JsonNode> items, int concurrency) {
    this.inputs = inputs;
    this.items = items;
    this.concurrency = concurrency == 0 ? Integer.MAX_VALUE : concurrency;
    this.outputs = new JsonNode[inputs.size()];
    this.branches = new Branch[inputs.size()];
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

  void succeeded(Branch branch, JsonNode output) {
    outputs[branch.index] = output;
    branches[branch.index] = null;
    succeeded++;
  }

  /** Those that were started and have not succeeded. */
  List<Branch> unfinished() {
    List<Branch> unfinished = new ArrayList<>();
    for (Branch branch : branches) {
      if (branch != null) {
        unfinished.add(branch);
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
