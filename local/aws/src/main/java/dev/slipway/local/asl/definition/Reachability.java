package dev.slipway.local.asl.definition;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/**
 * Checks that each transition has its target in the same group, and each state a way to it; and
 * that the outermost group has an end, without which the service does not ask who is reached.
 */
final class Reachability {
  private static final String CODE = "MISSING_TRANSITION_TARGET";

  private final StateGroup group;
  private final Fields fields;
  private final Set<String> reached = new HashSet<>();
  private final Deque<String> toVisit = new ArrayDeque<>();

  Reachability(StateGroup group, Fields fields) {
    this.group = group;
    this.fields = fields;
  }

  void check() {
    reach(group.startAt(), fields.location() + "/StartAt");
    while (!toVisit.isEmpty()) {
      State state = group.state(toVisit.pop());
      if (state != null) {
        for (Transition transition : state.transitions()) {
          String from = location(state.name()) + "/" + transition.field();
          transition.next().ifPresent(next -> reach(next, from));
        }
      }
    }
    if (hasEnd()) {
      checkReached();
    } else {
      fields
          .problems()
          .add(new Diagnostic("MISSING_END_STATE", "Workflow has no terminal state", null));
    }
  }

  /** Of a group inside of another, the service does not ask for an end. */
  private boolean hasEnd() {
    JsonNode states = fields.raw("States");
    if (!fields.location().isEmpty() || states.isEmpty()) {
      return true;
    }
    for (JsonNode state : states) {
      String type = state.path("Type").asText();
      if (state.path("End").asBoolean() || type.equals("Succeed") || type.equals("Fail")) {
        return true;
      }
    }
    return false;
  }

  private void checkReached() {
    boolean complete = group.states().size() == fields.raw("States").size();
    for (String name : group.states().keySet()) {
      // The transitions of a state that could not be read are not known.
      if (complete && !reached.contains(name)) {
        add("State \"" + name + "\" is not reachable.", location(name));
      }
    }
  }

  private void reach(String name, String location) {
    if (!fields.raw("States").has(name)) {
      if (!name.isEmpty()) {
        add("Missing 'Next' target: " + name, location);
      }
    } else if (reached.add(name)) {
      toVisit.push(name);
    }
  }

  private String location(String state) {
    return fields.location() + "/States/" + state;
  }

  private void add(String message, String location) {
    fields.problems().add(new Diagnostic(CODE, message, location));
  }
}
