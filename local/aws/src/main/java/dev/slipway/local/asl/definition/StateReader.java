package dev.slipway.local.asl.definition;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads groups of states, and checks what concerns more than one state. */
final class StateReader {
  private static final List<String> JSON_PATH_FIELDS =
      List.of(
          "InputPath",
          "OutputPath",
          "ResultPath",
          "Parameters",
          "ResultSelector",
          "Result",
          "ItemsPath",
          "MaxConcurrencyPath",
          "ToleratedFailureCountPath",
          "ToleratedFailurePercentagePath",
          "SecondsPath",
          "TimestampPath",
          "TimeoutSecondsPath",
          "HeartbeatSecondsPath",
          "ErrorPath",
          "CausePath");

  private final boolean jsonataByDefault;
  private final Set<String> names = new HashSet<>();
  private final Deque<Set<String>> variablesAround = new ArrayDeque<>();

  /**
   * @param jsonataByDefault whether the machine's QueryLanguage is JSONata
   */
  StateReader(boolean jsonataByDefault) {
    this.jsonataByDefault = jsonataByDefault;
  }

  StateGroup group(Fields fields) {
    String startAt = fields.text("StartAt");
    Fields states = fields.child("States");
    Set<String> assigned = Assigned.in(states);
    refuseShadowing(states, assigned);
    variablesAround.push(assigned);
    Map<String, State> byName = new LinkedHashMap<>();
    fields
        .raw("States")
        .fieldNames()
        .forEachRemaining(
            name -> {
              State state = state(name, states.child(name));
              if (state != null) {
                byName.put(name, state);
              }
            });
    variablesAround.pop();
    StateGroup group = new StateGroup(startAt, byName);
    new Reachability(group, fields).check();
    return group;
  }

  /**
   * A branch cannot assign a variable that is assigned around it; nor have one of the same name.
   */
  private void refuseShadowing(Fields states, Set<String> assigned) {
    for (Set<String> around : variablesAround) {
      for (String name : assigned) {
        if (around.contains(name)) {
          states.problem(
              "The variable '"
                  + name
                  + "' is assigned in an outer scope and can not be assigned"
                  + " here",
              "");
        }
      }
    }
  }

  private State state(String name, Fields fields) {
    if (!names.add(name)) {
      fields
          .problems()
          .add(
              new Diagnostic(
                  "DUPLICATE_STATE_NAME", "Duplicate State name: " + name, fields.location()));
    }
    if (name.codePointCount(0, name.length()) > 80 || name.isEmpty()) {
      fields.problem("A state name has 1 to 80 characters", "");
    }
    String type = fields.text("Type");
    if (!isJsonata(fields) || hasJsonPathField(fields)) {
      return null;
    }
    return switch (type) {
      case "Pass" -> new PassState(name, fields);
      case "Succeed" -> new SucceedState(name, fields);
      case "Fail" -> new FailState(name, fields);
      case "Choice" -> new ChoiceState(name, fields);
      case "Wait" -> new WaitState(name, fields);
      case "Task" -> new TaskState(name, fields);
      case "Parallel" -> new ParallelState(name, fields, this);
      case "Map" -> new MapState(name, fields, this);
      default -> {
        if (!type.isEmpty()) {
          fields.problem(
              "The field 'Type' should have one of these values: [Task, Wait, Pass, Succeed, Fail,"
                  + " Choice, Parallel, Map]",
              "Type");
        }
        yield null;
      }
    };
  }

  private static boolean hasJsonPathField(Fields fields) {
    List<String> found = JSON_PATH_FIELDS.stream().filter(fields::has).toList();
    for (String field : found) {
      fields.problem(
          ("The QueryLanguage is set to 'JSONata', but field '%s' is only supported for the"
                  + " 'JSONPath' QueryLanguage")
              .formatted(field),
          "");
    }
    return !found.isEmpty();
  }

  private boolean isJsonata(Fields fields) {
    String language = fields.raw("QueryLanguage").asText(jsonataByDefault ? "JSONata" : "JSONPath");
    switch (language) {
      case "JSONata" -> {
        return true;
      }
      case "JSONPath" -> {
        if (jsonataByDefault) {
          fields.problem(
              "'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine",
              "");
        } else {
          fields.problems().unsupported("JSONPath", fields.location());
        }
        return false;
      }
      default -> {
        fields.problem(
            "Value should be one of the following: [JSONPath, JSONata]", "QueryLanguage");
        return false;
      }
    }
  }
}
