package dev.slipway.local.lint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.pattern.EcmaPattern;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Values that a JSON Schema allows, as far as its enumerations, constants, alternatives, bounds and
 * patterns say: enough to see whether a condition can hold.
 *
 * @param condition only what it speaks of is varied; the rest gets one value
 */
record SchemaSamples(ConditionNames condition) {
  /** More than any condition of a checklist has a use for. */
  private static final int MOST = 2_000;

  private static final String OTHER = "sample";

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  List<JsonNode> of(JsonNode schema) {
    Set<JsonNode> samples = new LinkedHashSet<>();
    if (schema.has("const")) {
      samples.add(schema.get("const"));
    } else if (schema.path("enum").isArray()) {
      schema.get("enum").forEach(samples::add);
    } else if (schema.path("oneOf").isArray() || schema.path("anyOf").isArray()) {
      JsonNode alternatives = schema.path(schema.has("oneOf") ? "oneOf" : "anyOf");
      alternatives.forEach(alternative -> samples.addAll(of(merged(schema, alternative))));
    } else {
      samples.addAll(ofType(schema));
    }
    return samples.stream().limit(MOST).toList();
  }

  private List<JsonNode> ofType(JsonNode schema) {
    String type = schema.path("type").asText(schema.has("properties") ? "object" : "string");
    return switch (type) {
      case "object" -> objects(schema);
      case "array" -> arrays(schema);
      case "boolean" -> List.of(JSON.booleanNode(true), JSON.booleanNode(false));
      case "integer", "number" -> numbers(schema);
      default -> texts(schema);
    };
  }

  /** The alternative together with what holds for all of them. */
  private static JsonNode merged(JsonNode schema, JsonNode alternative) {
    ObjectNode merged = schema.deepCopy();
    merged.remove(List.of("oneOf", "anyOf"));
    alternative
        .properties()
        .forEach(
            field -> {
              if (field.getKey().equals("properties") && merged.has("properties")) {
                ((ObjectNode) merged.get("properties")).setAll((ObjectNode) field.getValue());
              } else if (field.getKey().equals("required") && merged.has("required")) {
                ((ArrayNode) merged.get("required")).addAll((ArrayNode) field.getValue());
              } else {
                merged.set(field.getKey(), field.getValue());
              }
            });
    return merged;
  }

  private List<JsonNode> objects(JsonNode schema) {
    List<ObjectNode> objects = new ArrayList<>(List.of(JSON.objectNode()));
    for (var property : schema.path("properties").properties()) {
      List<JsonNode> values = new ArrayList<>(of(property.getValue()));
      boolean varied = condition.names().contains(property.getKey());
      if (!varied) {
        values = values.subList(0, Math.min(1, values.size()));
      } else if (schema.path("required").valueStream().noneMatch(is(property.getKey()))) {
        values.add(JSON.missingNode());
      }
      List<ObjectNode> next = new ArrayList<>();
      for (ObjectNode object : objects) {
        for (JsonNode value : values) {
          ObjectNode with = object.deepCopy();
          if (!value.isMissingNode()) {
            with.set(property.getKey(), value);
          }
          next.add(with);
        }
      }
      objects = next.subList(0, Math.min(MOST, next.size()));
    }
    return others(schema, objects);
  }

  /** Of a map, one entry: under the text that the samples of a text have as well. */
  private List<JsonNode> others(JsonNode schema, List<ObjectNode> objects) {
    List<JsonNode> with = new ArrayList<>(objects);
    if (schema.path("additionalProperties").isObject()) {
      for (JsonNode value : of(schema.get("additionalProperties"))) {
        objects.forEach(object -> with.add(object.deepCopy().set(OTHER, value)));
      }
    }
    return with;
  }

  private static java.util.function.Predicate<JsonNode> is(String name) {
    return node -> node.asText().equals(name);
  }

  private List<JsonNode> arrays(JsonNode schema) {
    List<JsonNode> arrays = new ArrayList<>();
    ArrayNode all = JSON.arrayNode();
    for (JsonNode item : of(schema.path("items"))) {
      arrays.add(JSON.arrayNode().add(item));
      all.add(item);
    }
    arrays.add(all);
    if (schema.path("minItems").asInt(0) == 0) {
      arrays.add(JSON.arrayNode());
    }
    return arrays;
  }

  private List<JsonNode> numbers(JsonNode schema) {
    Set<BigDecimal> candidates = new LinkedHashSet<>();
    for (String bound : List.of("minimum", "maximum")) {
      if (schema.has(bound)) {
        candidates.add(schema.get(bound).decimalValue());
      }
    }
    for (JsonNode literal : condition.literals()) {
      if (literal.isNumber()) {
        BigDecimal number = literal.decimalValue();
        candidates.add(number.subtract(BigDecimal.ONE));
        candidates.add(number);
        candidates.add(number.add(BigDecimal.ONE));
      }
    }
    candidates.add(BigDecimal.ZERO);
    candidates.add(BigDecimal.ONE);
    return candidates.stream()
        .filter(
            number ->
                !schema.has("minimum")
                    || number.compareTo(schema.get("minimum").decimalValue()) >= 0)
        .filter(
            number ->
                !schema.has("maximum")
                    || number.compareTo(schema.get("maximum").decimalValue()) <= 0)
        .<JsonNode>map(JSON::numberNode)
        .toList();
  }

  private List<JsonNode> texts(JsonNode schema) {
    List<JsonNode> texts = new ArrayList<>();
    for (JsonNode literal : condition.literals()) {
      if (literal.isTextual() && allows(schema, literal.textValue())) {
        texts.add(literal);
      }
    }
    // Some other text; which one does not matter to any comparison.
    texts.add(JSON.textNode(OTHER));
    return texts;
  }

  private static boolean allows(JsonNode schema, String text) {
    return text.length() >= schema.path("minLength").asInt(0)
        && text.length() <= schema.path("maxLength").asInt(Integer.MAX_VALUE)
        && (!schema.has("pattern")
            || EcmaPattern.compile(schema.get("pattern").asText(), "u").isIn(text));
  }
}
