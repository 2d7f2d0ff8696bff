package dev.slipway.local.asl.definition;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/** Checks that each transition has its target in the same group, and each state a way to it. */
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
    reach(group.startAt(), fields.location() + "/StartAt", "StartAt");
    while (!toVisit.isEmpty()) {
      State state = group.state(toVisit.pop());
      if (state != null) {
        for (Transition transition : state.transitions()) {
          transition
              .next()
              .ifPresent(next -> reach(next, location(state.name()) + "/Next", "Next"));
        }
      }
    }
    boolean complete = group.states().size() == fields.raw("States").size();
    for (String name : group.states().keySet()) {
      // Where a state could not be read, its transitions are not known.
      if (complete && !reached.contains(name)) {
        add("State \"" + name + "\" is not reachable.", location(name));
      }
    }
  }

  private void reach(String name, String location, String field) {
    if (!fields.raw("States").has(name)) {
      if (!name.isEmpty()) {
        add("Missing '" + field + "' target: " + name, location);
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
