package dev.slipway.local.lint;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The deployment's template, as its file stands. */
record TemplateFile(LocatedNode tree) {
  private static final String FUNCTION = "AWS::Serverless::Function";
  private static final String STATE_MACHINE = "AWS::Serverless::StateMachine";

  /** The functions by logical id. */
  Map<String, LocatedNode> functions() {
    return ofType(FUNCTION);
  }

  /** The state machines by logical id. */
  Map<String, LocatedNode> stateMachines() {
    return ofType(STATE_MACHINE);
  }

  private Map<String, LocatedNode> ofType(String type) {
    Map<String, LocatedNode> found = new LinkedHashMap<>();
    tree.at("Resources")
        .fields()
        .forEach(
            (id, resource) -> {
              if (resource.text("Type").equals(type)) {
                found.put(id, resource);
              }
            });
    return found;
  }

  /** The logical id of the state machine that runs a file. */
  Optional<String> stateMachineOf(String file) {
    return stateMachines().entrySet().stream()
        .filter(entry -> entry.getValue().at("Properties").text("DefinitionUri").equals(file))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /** The class of a function; empty without. */
  static String handler(LocatedNode function) {
    return function.at("Properties").text("Handler");
  }

  /** The names of the events by which the HTTP API calls a function. */
  static List<String> routes(LocatedNode function) {
    return function.at("Properties").at("Events").fields().entrySet().stream()
        .filter(event -> event.getValue().text("Type").equals("HttpApi"))
        .map(Map.Entry::getKey)
        .toList();
  }
}
