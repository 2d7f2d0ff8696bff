package dev.slipway.api;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonNodePath;
import com.networknt.schema.ValidationMessage;
import dev.slipway.json.Pointers;
import dev.slipway.pattern.Schemas;
import java.util.Comparator;
import java.util.List;

/**
 * Holds values to a JSON Schema (2020-12), formats included. The errors' messages are in words of
 * our own, made of the schema alone: they never quote the value.
 */
final class SchemaCheck {
  private static final int MOST_ERRORS = 50;

  private final Schemas schemas = new Schemas();

  /** The errors of a value, in the order of its fields; none if the schema is null. */
  List<FieldError> errors(JsonNode schema, JsonNode value) {
    if (schema == null) {
      return List.of();
    }
    return schemas.of(schema).validate(value).stream()
        .map(message -> error(schema, message))
        .distinct()
        .sorted(Comparator.comparing(FieldError::field).thenComparing(FieldError::code))
        .limit(MOST_ERRORS)
        .toList();
  }

  private static FieldError error(JsonNode schema, ValidationMessage message) {
    String keyword = message.getType();
    String rule = message.getEvaluationPath().toString();
    JsonNode wrong = schema.at(JsonPointer.compile(rule).head()).path("x-slipway-wrong");
    return new FieldError(
        pointer(message),
        "schema." + keyword,
        wrong.isTextual() && keyword.equals("pattern")
            ? "has not the form that is asked for: " + wrong.textValue().replaceAll("\\.$", "")
            : text(keyword, message.getSchemaNode()),
        rule);
  }

  /** Of a missing field, where it would be; of an unknown one, the object that has it. */
  private static String pointer(ValidationMessage message) {
    JsonNodePath location = message.getInstanceLocation();
    String parent = location == null ? "" : location.toString();
    return "required".equals(message.getType()) && message.getProperty() != null
        ? parent + "/" + Pointers.escape(message.getProperty())
        : parent;
  }

  private static String text(String keyword, JsonNode rule) {
    String argument = rule == null ? "" : rule.toString();
    return switch (keyword) {
      case "required" -> "must be given";
      case "type" -> "must be of type " + argument.replace("\"", "");
      case "enum" -> "must be one of " + argument;
      case "const" -> "must be " + argument;
      case "format" -> "must have the format " + argument.replace("\"", "");
      case "pattern" -> "must match the pattern " + argument;
      case "minLength" -> "must have " + argument + " characters or more";
      case "maxLength" -> "may have " + argument + " characters at most";
      case "minimum" -> "must be " + argument + " or more";
      case "maximum" -> "must be " + argument + " or less";
      case "exclusiveMinimum" -> "must be more than " + argument;
      case "exclusiveMaximum" -> "must be less than " + argument;
      case "multipleOf" -> "must be a multiple of " + argument;
      case "minItems" -> "must have " + argument + " entries or more";
      case "maxItems" -> "may have " + argument + " entries at most";
      case "uniqueItems" -> "must not have the same entry twice";
      case "minProperties" -> "must have " + argument + " fields or more";
      case "maxProperties" -> "may have " + argument + " fields at most";
      case "additionalProperties", "unevaluatedProperties" -> "has a field that is not asked for";
      case "propertyNames" -> "has a field whose name is not permitted";
      case "oneOf" -> "must match exactly one of the permitted forms";
      case "anyOf" -> "must match one of the permitted forms";
      case "not" -> "has a form that is not permitted";
      case "contains", "minContains", "maxContains" -> "has not the entries that are asked for";
      case "dependentRequired" -> "needs another field beside the ones given";
      default -> "does not fulfil the rule `" + keyword + "` of the checklist";
    };
  }
}
