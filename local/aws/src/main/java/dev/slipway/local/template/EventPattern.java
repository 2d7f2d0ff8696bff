package dev.slipway.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A pattern in the {@code FilterCriteria} of an event source: each field lists the values of which
 * a record must have one, for example {@code {"eventName": ["INSERT", {"exists": false}]}}. Of
 * EventBridge's operators {@code exists} alone is known.
 */
public record EventPattern(JsonNode pattern) {

  /** Throws {@link IllegalArgumentException} that names an operator which is not known here. */
  public EventPattern {
    check(pattern);
  }

  private static void check(JsonNode pattern) {
    for (var entry : pattern.properties()) {
      if (entry.getKey().equals("$or")) {
        throw unknown("$or");
      }
      if (entry.getValue() instanceof ObjectNode inner) {
        check(inner);
      }
      for (var wanted : entry.getValue()) {
        if (entry.getValue().isArray() && wanted.isObject() && !wanted.has("exists")) {
          throw unknown(wanted.fieldNames().next());
        }
      }
    }
  }

  private static IllegalArgumentException unknown(String operator) {
    return new IllegalArgumentException(
        "the operator '%s' does not run locally; list values or use 'exists'".formatted(operator));
  }

  /** Whether the record has all that the pattern asks for. */
  public boolean matches(JsonNode item) {
    return object(pattern, item);
  }

  private static boolean object(JsonNode pattern, JsonNode item) {
    return pattern
        .propertyStream()
        .allMatch(entry -> field(entry.getValue(), item.path(entry.getKey())));
  }

  private static boolean field(JsonNode wanted, JsonNode value) {
    if (wanted instanceof ObjectNode) {
      return object(wanted, value);
    }
    if (value instanceof ArrayNode) {
      return value.valueStream().anyMatch(one -> field(wanted, one));
    }
    return wanted.valueStream().anyMatch(one -> value(one, value));
  }

  private static boolean value(JsonNode wanted, JsonNode value) {
    if (wanted.isObject()) {
      return wanted.get("exists").asBoolean() == !value.isMissingNode();
    }
    return (wanted.isNumber() && value.isNumber())
        ? wanted.decimalValue().compareTo(value.decimalValue()) == 0
        : wanted.equals(value);
  }
}
