package dev.slipway.local.asl.definition;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.TreeSet;

/** Finds the variables that the states of one group assign, inner groups left out. */
final class Assigned {
  private final Set<String> names = new TreeSet<>();

  private Assigned() {}

  static Set<String> in(Fields states) {
    Assigned assigned = new Assigned();
    states.values().forEach(assigned::addState);
    return assigned.names;
  }

  private void addState(JsonNode state) {
    add(state);
    state.path("Catch").forEach(this::add);
    state.path("Choices").forEach(this::add);
  }

  private void add(JsonNode holder) {
    holder.path("Assign").fieldNames().forEachRemaining(names::add);
  }
}
