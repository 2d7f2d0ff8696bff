package dev.slipway.local.asl.expression;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * A field of which the language says what type its value has, be it literal or evaluated.
 *
 * @param name the field's name
 */
public record TypedField(String name, Template template) {

  /** A string. */
  public String text(Scope scope) {
    return checked(scope, "string", JsonNode::isTextual).textValue();
  }

  /** A boolean. */
  public boolean bool(Scope scope) {
    return checked(scope, "boolean", JsonNode::isBoolean).booleanValue();
  }

  /** An array. */
  public JsonNode array(Scope scope) {
    return checked(scope, "array", JsonNode::isArray);
  }

  /** An object. */
  public JsonNode object(Scope scope) {
    return checked(scope, "object", JsonNode::isObject);
  }

  /** An integer within bounds, both included. */
  public long integer(Scope scope, long least, long most) {
    JsonNode value = checked(scope, "number", JsonNode::isNumber);
    double number = value.doubleValue();
    if (number != Math.rint(number)) {
      throw template.failure(name, unexpected("integer", "number", value));
    }
    if (number < least || number > most) {
      throw outOfRange(value);
    }
    return (long) number;
  }

  /** A number within bounds, both included. */
  public double number(Scope scope, double least, double most) {
    JsonNode value = checked(scope, "number", JsonNode::isNumber);
    if (value.doubleValue() < least || value.doubleValue() > most) {
      throw outOfRange(value);
    }
    return value.doubleValue();
  }

  private EvaluationException outOfRange(JsonNode value) {
    return template.failure(
        name, "returned a value outside the acceptable range for that field: " + value);
  }

  private JsonNode checked(Scope scope, String type, Predicate<JsonNode> isOfType) {
    JsonNode value = template.evaluate(scope, name);
    if (!isOfType.test(value)) {
      String actual = value.getNodeType().name().toLowerCase(Locale.ROOT);
      throw template.failure(name, unexpected(type, actual, value));
    }
    return value;
  }

  private static String unexpected(String expected, String actual, JsonNode value) {
    return "returned an unexpected result type. Expected '%s', but was '%s' for value: %s"
        .formatted(expected, actual, value);
  }
}
