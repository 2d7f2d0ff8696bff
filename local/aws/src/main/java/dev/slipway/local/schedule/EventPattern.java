package dev.slipway.local.schedule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A pattern of EventBridge, also used by the filters of event sources: each field lists the values
 * of which an event must have one.
 */
public record EventPattern(JsonNode pattern) {

  /** Whether the event has all that the pattern asks for. */
  public boolean matches(JsonNode event) {
    return object(pattern, event);
  }

  private static boolean object(JsonNode pattern, JsonNode event) {
    for (var entry : pattern.properties()) {
      boolean holds =
          entry.getKey().equals("$or")
              ? entry.getValue().valueStream().anyMatch(branch -> object(branch, event))
              : field(entry.getValue(), event.path(entry.getKey()));
      if (!holds) {
        return false;
      }
    }
    return true;
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
    if (!wanted.isObject()) {
      return (wanted.isNumber() && value.isNumber())
          ? wanted.decimalValue().compareTo(value.decimalValue()) == 0
          : wanted.equals(value);
    }
    var operator = wanted.fieldNames().next();
    var operand = wanted.get(operator);
    return switch (operator) {
      case "exists" -> operand.asBoolean() == !value.isMissingNode();
      case "prefix" ->
          operand.isObject()
              ? value.isTextual()
                  && lower(value).startsWith(lower(operand.path("equals-ignore-case")))
              : value.isTextual() && value.textValue().startsWith(operand.asText());
      case "suffix" -> value.isTextual() && value.textValue().endsWith(operand.asText());
      case "equals-ignore-case" -> value.isTextual() && lower(value).equals(lower(operand));
      case "wildcard" -> value.isTextual() && wildcard(operand.asText(), value.textValue());
      case "anything-but" -> !value.isMissingNode() && !anyOf(operand, value);
      case "numeric" -> value.isNumber() && numeric(operand, value.decimalValue());
      default -> throw new IllegalArgumentException("unknown operator in a pattern: " + operator);
    };
  }

  private static boolean anyOf(JsonNode operand, JsonNode value) {
    return operand.isArray()
        ? operand.valueStream().anyMatch(one -> value(one, value))
        : value(operand, value);
  }

  private static boolean numeric(JsonNode comparisons, BigDecimal value) {
    for (int i = 0; i + 1 < comparisons.size(); i += 2) {
      int order = value.compareTo(comparisons.get(i + 1).decimalValue());
      boolean holds =
          switch (comparisons.get(i).asText()) {
            case "=" -> order == 0;
            case "<" -> order < 0;
            case "<=" -> order <= 0;
            case ">" -> order > 0;
            case ">=" -> order >= 0;
            default ->
                throw new IllegalArgumentException("unknown comparison: " + comparisons.get(i));
          };
      if (!holds) {
        return false;
      }
    }
    return true;
  }

  private static boolean wildcard(String pattern, String value) {
    var parts = new StringBuilder();
    for (var part : pattern.split("\\*", -1)) {
      parts.append(parts.isEmpty() ? "" : ".*").append(Pattern.quote(part));
    }
    return Pattern.compile(parts.toString(), Pattern.DOTALL).matcher(value).matches();
  }

  private static String lower(JsonNode text) {
    return text.asText().toLowerCase(Locale.ROOT);
  }
}
