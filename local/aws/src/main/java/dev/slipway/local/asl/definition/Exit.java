package dev.slipway.local.asl.definition;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.local.asl.expression.Scope;
import dev.slipway.local.asl.expression.Template;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The exit of a state: {@code Assign} and {@code Output}, both evaluated against the variables as
 * they were, and the transition.
 */
final class Exit {
  private static final int LONGEST_NAME = 80;

  private final Optional<Template> assign;
  private final Optional<Template> output;
  private final Transition transition;
  private final String location;

  private Exit(
      Optional<Template> assign,
      Optional<Template> output,
      Transition transition,
      String location) {
    this.assign = assign;
    this.output = output;
    this.transition = transition;
    this.location = location;
  }

  /**
   * @param prefix stands before the names of the two fields in messages, such as {@code Catch[0]/}
   * @param unavailable fields of {@code $states} that have no value here
   */
  static Exit of(Fields fields, Transition transition, String prefix, Set<String> unavailable) {
    for (String name : variables(fields)) {
      if (!isVariable(name)) {
        fields.problem("Invalid variable name: '" + name + "'", "Assign");
      }
    }
    if (fields.has("Assign") && !fields.raw("Assign").isObject()) {
      fields.problem("Value is not an object", "Assign");
    }
    fields.forbidStates("Assign", unavailable);
    fields.forbidStates("Output", unavailable);
    return new Exit(fields.template("Assign"), fields.template("Output"), transition, prefix);
  }

  /** A Unicode identifier (so it starts with no underscore), of 80 characters at most. */
  private static boolean isVariable(String name) {
    return !name.isEmpty()
        && !name.equals("states")
        && name.codePointCount(0, name.length()) <= LONGEST_NAME
        && Character.isUnicodeIdentifierStart(name.codePointAt(0))
        && name.codePoints()
            .allMatch(
                c -> Character.isUnicodeIdentifierPart(c) && !Character.isIdentifierIgnorable(c));
  }

  /** The variables that an {@code Assign} sets. */
  private static Set<String> variables(Fields fields) {
    Set<String> names = new TreeSet<>();
    fields.raw("Assign").fieldNames().forEachRemaining(names::add);
    return names;
  }

  Transition transition() {
    return transition;
  }

  /** Leaves the state; without {@code Output}, with the value given. */
  void leave(Visit visit, Scope scope, JsonNode unlessDeclared) {
    ObjectNode assigned =
        assign
            .map(template -> (ObjectNode) template.evaluate(scope, location + "Assign"))
            .orElseGet(JsonNodeFactory.instance::objectNode);
    JsonNode left =
        output
            .map(template -> template.evaluate(scope, location + "Output"))
            .orElse(unlessDeclared);
    visit.leave(left, assigned, transition);
  }
}
