package dev.slipway.local.asl.definition;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds the variables that the states of one group assign, inner groups left out. Variables that
 * catchers assign are not among those that an inner scope has to avoid: the service has been
 * recorded to accept a branch that assigns a variable of its Parallel state's catcher.
 */
final class Assigned {
  private final Set<String> names = new TreeSet<>();

  private Assigned() {}

  static Set<String> in(Fields states) {
    Assigned assigned = new Assigned();
    for (JsonNode state : states.values()) {
      assigned.add(state);
      state.path("Choices").forEach(assigned::add);
    }
    return assigned.names;
  }

  private void add(JsonNode holder) {
    holder.path("Assign").fieldNames().forEachRemaining(names::add);
  }
}
