package dev.slipway.local.lint;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A state machine's file.
 *
 * @param checklist its folder
 * @param name {@code onboarding}, or the section
 */
record Machine(String checklist, String name, LocatedNode tree) {
  static final String ONBOARDING = "onboarding";

  private static final String CALLBACK = "arn:aws:states:::lambda:invoke.waitForTaskToken";

  /**
   * A state, wherever in the machine it stands.
   *
   * @param inMap whether it is one of many: its payload names the instance
   */
  record State(String name, LocatedNode at, boolean inMap) {
    boolean isTask() {
      return at.text("Type").equals("Task");
    }

    /** Whether it waits for its token. */
    boolean isCallback() {
      return isTask() && at.text("Resource").equals(CALLBACK);
    }

    LocatedNode payload() {
      return at.at("Arguments").at("Payload");
    }

    /** The task that it names; empty if it names none. */
    String task() {
      return payload().text("task");
    }
  }

  boolean isOnboarding() {
    return name.equals(ONBOARDING);
  }

  String file() {
    return tree.source().file();
  }

  /** All states, those of branches and of items included. */
  List<State> states() {
    List<State> states = new ArrayList<>();
    collect(tree, false, states);
    return states;
  }

  private static void collect(LocatedNode scope, boolean inMap, List<State> states) {
    for (Map.Entry<String, LocatedNode> entry : scope.at("States").fields().entrySet()) {
      LocatedNode state = entry.getValue();
      states.add(new State(entry.getKey(), state, inMap));
      state.at("Branches").items().forEach(branch -> collect(branch, inMap, states));
      collect(state.at("ItemProcessor"), true, states);
    }
  }

  /** The name in {@code ${Name}}; empty for anything else. */
  static String placeholder(String text) {
    return text.startsWith("${") && text.endsWith("}") ? text.substring(2, text.length() - 1) : "";
  }
}
