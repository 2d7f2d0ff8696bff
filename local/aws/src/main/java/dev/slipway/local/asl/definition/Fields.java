package dev.slipway.local.asl.definition;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.slipway.local.asl.expression.ExpressionSyntaxException;
import dev.slipway.local.asl.expression.Template;
import dev.slipway.local.asl.expression.TypedField;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** The fields of one object of a definition, and where it stands; faults go to the problems. */
final class Fields {
  /** The largest number of seconds that the language allows anywhere. */
  static final long MOST_SECONDS = 99_999_999;

  private static final Template ABSENT = Template.parse(MissingNode.getInstance());

  private final JsonNode object;
  private final String location;
  private final Problems problems;

  Fields(JsonNode object, String location, Problems problems) {
    this.object = object;
    this.location = location;
    this.problems = problems;
    if (!object.isObject()) {
      problems.schema("Value is not an object", location);
    }
  }

  String location() {
    return location;
  }

  Problems problems() {
    return problems;
  }

  boolean has(String field) {
    return object.has(field);
  }

  JsonNode raw(String field) {
    return object.path(field);
  }

  /** The values of all fields. */
  Iterable<JsonNode> values() {
    return object;
  }

  void problem(String message, String field) {
    problems.schema(message, field.isEmpty() ? location : location + "/" + field);
  }

  /** Refuses every field that is not named here. */
  void allow(String... names) {
    Set<String> allowed = new HashSet<>(Arrays.asList(names));
    object
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!allowed.contains(name)) {
                problem("Field '" + name + "' is not supported", "");
              }
            });
  }

  /** Notes that a field is missing. */
  boolean require(String field) {
    if (!has(field)) {
      problem("The field '" + field + "' is required but was missing", "");
    }
    return has(field);
  }

  /** A literal string; empty if it is missing, which is noted. */
  String text(String field) {
    if (!require(field)) {
      return "";
    }
    if (!raw(field).isTextual()) {
      problem("Value is not a string", field);
    }
    return raw(field).asText();
  }

  /** A literal integer within bounds. */
  Optional<Long> integer(String field, long least, long most) {
    return number(field, (double) least, (double) most)
        .map(
            value -> {
              if (value != Math.rint(value)) {
                problem("Value is not an integer", field);
              }
              return value.longValue();
            });
  }

  /** A literal number within bounds. */
  Optional<Double> number(String field, double least, double most) {
    if (!has(field)) {
      return Optional.empty();
    }
    double value = raw(field).asDouble();
    if (!raw(field).isNumber()) {
      problem("Value is not a number", field);
    } else if (value < least || value > most) {
      problem("Value is outside of the acceptable range", field);
    }
    return Optional.of(value);
  }

  /** Any JSON value with expressions in it. */
  Optional<Template> template(String field) {
    return has(field) ? Optional.of(parse(field)) : Optional.empty();
  }

  /** An expression, or a literal for which the test holds. */
  Optional<TypedField> typed(String field, String type, Predicate<JsonNode> literal) {
    return typed(field, literal, "Value is not a valid " + type + " or JSONata expression");
  }

  /** As the other, with the words in which another literal is refused. */
  Optional<TypedField> typed(String field, Predicate<JsonNode> literal, String refusal) {
    return template(field)
        .map(
            template -> {
              if (template instanceof Template.Literal value && !literal.test(value.value())) {
                problem(refusal, field);
              }
              return new TypedField(field, template);
            });
  }

  /** A count, literal or evaluated to an integer; a literal is checked now. */
  Optional<TypedField> count(String field, long least, long most) {
    return typed(
        field,
        "integer between " + least + " and " + most,
        value ->
            value.isMissingNode()
                || (value.isIntegralNumber()
                    && value.longValue() >= least
                    && value.longValue() <= most));
  }

  private Template parse(String field) {
    try {
      return Template.parse(raw(field));
    } catch (ExpressionSyntaxException e) {
      refuse(e, field);
      return ABSENT;
    }
  }

  /** An object inside; one without fields if it is missing, which is noted. */
  Fields child(String field) {
    require(field);
    return new Fields(
        has(field) ? raw(field) : JsonNodeFactory.instance.objectNode(),
        location + "/" + field,
        problems);
  }

  /** The objects of an array inside. */
  List<Fields> children(String field) {
    List<Fields> children = new ArrayList<>();
    if (has(field) && !raw(field).isArray()) {
      problem("Value is not an array", field);
    }
    for (JsonNode element : raw(field)) {
      children.add(
          new Fields(element, location + "/" + field + "[" + children.size() + "]", problems));
    }
    return children;
  }

  private void refuse(ExpressionSyntaxException e, String field) {
    problems.add(new Diagnostic(e.code(), e.getMessage(), location + "/" + field + e.path()));
  }

  /** Refuses expressions that mention fields of {@code $states} which have no value here. */
  void forbidStates(String field, Set<String> unavailable) {
    template(field)
        .ifPresent(
            template ->
                template.eachExpression(
                    "",
                    (path, mentioned) -> {
                      for (String name : mentioned) {
                        if (unavailable.contains(name)) {
                          refuse(ExpressionSyntaxException.noSuchField(name, path), field);
                        }
                      }
                    }));
  }
}
