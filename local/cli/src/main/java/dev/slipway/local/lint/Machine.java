package dev.slipway.local.lint;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A state machine's file.
 *
 * @param checklist its folder
 * @param name {@code onboarding}, the section, or the section and a dimension: {@code
 *     products-tenant}
 */
record Machine(String checklist, String name, LocatedNode tree) {
  static final String ONBOARDING = "onboarding";

  private static final String CALLBACK = "arn:aws:states:::lambda:invoke.waitForTaskToken";

  /** What a Map fans out over: the keys of a dimension, or groups of them. */
  private static final Pattern ITEMS =
      Pattern.compile(
          "\\{% (?:\\[\\$partition\\()?\\$instances\\.(?:`([^`]+)`|(\\w+))(?:, ([0-9]{1,4})\\)])? %}");

  /**
   * A state, wherever in the machine it stands.
   *
   * @param over the dimensions of the Maps around it; what is none of a dimension is as it stands
   */
  record State(String name, LocatedNode at, List<String> over) {
    /** Whether it is one of many: its payload names the instance. */
    boolean inMap() {
      return !over.isEmpty();
    }

    boolean isMap() {
      return at.text("Type").equals("Map");
    }

    /** The dimension that a Map fans out over. */
    String dimension() {
      Matcher items = ITEMS.matcher(at.text("Items"));
      return !items.matches()
          ? at.text("Items")
          : items.group(1) == null ? items.group(2) : items.group(1);
    }

    /** How many of its keys are in one item: 1, or as many as a group has. */
    int groupSize() {
      Matcher items = ITEMS.matcher(at.text("Items"));
      return items.matches() && items.group(3) != null ? Integer.parseInt(items.group(3)) : 1;
    }

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
    collect(tree, List.of(), states);
    return states;
  }

  private static void collect(LocatedNode scope, List<String> over, List<State> states) {
    for (Map.Entry<String, LocatedNode> entry : scope.at("States").fields().entrySet()) {
      LocatedNode state = entry.getValue();
      State found = new State(entry.getKey(), state, over);
      states.add(found);
      state.at("Branches").items().forEach(branch -> collect(branch, over, states));
      if (found.isMap()) {
        List<String> inside = new ArrayList<>(over);
        inside.add(found.dimension());
        collect(state.at("ItemProcessor"), inside, states);
      }
    }
  }

  /** The name in {@code ${Name}}; empty for anything else. */
  static String placeholder(String text) {
    return text.startsWith("${") && text.endsWith("}") ? text.substring(2, text.length() - 1) : "";
  }
}
