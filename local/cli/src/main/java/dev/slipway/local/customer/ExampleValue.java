package dev.slipway.local.customer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.pattern.Schemas;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Values that JSON Schemas (2020-12) allow, for people to see what is meant: the schema's own
 * {@code examples} or {@code default}, what its description calls "such as", or one that is made
 * from its type and pattern. Of an object only what is required, or its first field.
 */
final class ExampleValue {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final Pattern SUCH_AS = Pattern.compile("such as \"?([^\\s\",;]+)");

  /** A file that is handed over: its hash, which a customer's file gives as the file's name. */
  private static final String FILE = "^[0-9a-f]{64}$";

  /**
   * Examples for the texts that patterns usually ask for; reserved names throughout (RFC 2606, RFC
   * 5737).
   */
  private static final List<String> USUAL =
      List.of(
          "example",
          "www.customer.example",
          "https://www.customer.example/",
          "person@customer.example",
          "203.0.113.10",
          "10.0.0.0/8",
          "2030-01-31T22:00:00Z",
          "22:30",
          "Europe/Berlin",
          "EUR",
          "en",
          "1.00",
          "/path",
          "#336699",
          "Example");

  private final Schemas schemas = new Schemas();

  /** An example; null where none can be made, so that the checklist has to name one. */
  JsonNode of(JsonNode schema) {
    JsonNode own = own(schema);
    if (own != null) {
      return own;
    }
    List<JsonNode> alternatives = alternatives(schema);
    if (!alternatives.isEmpty()) {
      return of(alternatives.getFirst());
    }
    return switch (schema.path("type").asText(schema.has("properties") ? "object" : "string")) {
      case "object" -> object(schema);
      case "array" -> array(schema);
      case "boolean" -> JSON.booleanNode(false);
      case "integer", "number" -> number(schema);
      default -> text(schema);
    };
  }

  private static JsonNode own(JsonNode schema) {
    return Stream.of(
            schema.path("const"),
            schema.path("examples").path(0),
            schema.path("default"),
            schema.path("enum").path(0))
        .filter(value -> !value.isMissingNode())
        .findFirst()
        .orElse(null);
  }

  /** The forms that a value may have: one, or several among which one is chosen. */
  static List<JsonNode> forms(JsonNode schema) {
    List<JsonNode> alternatives = alternatives(schema);
    return alternatives.isEmpty() ? List.of(schema) : alternatives;
  }

  /** The forms among which one is chosen, each with what holds for all of them. */
  static List<JsonNode> alternatives(JsonNode schema) {
    List<JsonNode> merged = new ArrayList<>();
    for (JsonNode alternative : schema.path(schema.has("oneOf") ? "oneOf" : "anyOf")) {
      ObjectNode whole = schema.deepCopy();
      whole.remove(List.of("oneOf", "anyOf", "examples"));
      ObjectNode properties = whole.withObjectProperty("properties");
      alternative
          .path("properties")
          .properties()
          .forEach(p -> properties.set(p.getKey(), p.getValue()));
      ArrayNode required = whole.withArrayProperty("required");
      alternative.path("required").forEach(required::add);
      alternative
          .properties()
          .forEach(
              field -> {
                if (!List.of("properties", "required").contains(field.getKey())) {
                  whole.set(field.getKey(), field.getValue());
                }
              });
      merged.add(whole);
    }
    return merged;
  }

  private JsonNode object(JsonNode schema) {
    ObjectNode object = JSON.objectNode();
    JsonNode properties = schema.path("properties");
    Stream<String> names =
        schema.path("required").isEmpty()
            ? properties.propertyStream().map(Map.Entry::getKey).limit(1)
            : schema.path("required").valueStream().map(JsonNode::asText);
    names.forEach(name -> object.set(name, of(properties.path(name))));
    return object;
  }

  private JsonNode array(JsonNode schema) {
    return JSON.arrayNode().add(of(schema.path("items")));
  }

  private static JsonNode number(JsonNode schema) {
    return schema.has("minimum") ? schema.get("minimum") : JSON.numberNode(1);
  }

  private JsonNode text(JsonNode schema) {
    if (schema.path("pattern").asText().equals(FILE)) {
      return JSON.objectNode().put("$file", "file.svg");
    }
    var suchAs = SUCH_AS.matcher(schema.path("description").asText());
    Stream<String> described =
        suchAs.results().map(found -> found.group(1).replaceAll("[.)]+$", ""));
    boolean free = !schema.has("pattern") && !schema.has("format");
    String title = schema.path("title").asText("Example");
    return Stream.of(
            described,
            free ? Stream.of(title, title + " …") : Stream.<String>empty(),
            USUAL.stream())
        .flatMap(texts -> texts)
        .<JsonNode>map(JSON::textNode)
        .filter(value -> schemas.of(schema).validate(value).isEmpty())
        .findFirst()
        .orElse(null);
  }
}
