package dev.slipway.local.customer;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Elements as YAML for people: each field with its title and description behind {@code ##}, those
 * that may be left out behind {@code # }.
 */
public final class ElementText {
  private static final int WIDTH = 96;

  private final ExampleValue examples = new ExampleValue();

  /** An element with an example, below its id. */
  public List<String> of(String id, JsonNode schema) {
    return of(id, schema, null);
  }

  /**
   * The same with a value.
   *
   * @param value instead of an example; null: an example
   */
  List<String> of(String id, JsonNode schema, JsonNode value) {
    return field(id, schema, value == null ? examples.of(schema) : value);
  }

  /** A value that was given, as YAML. */
  public static List<String> value(String id, JsonNode value) {
    return YamlText.field(id, value);
  }

  private List<String> field(String key, JsonNode schema, JsonNode example) {
    if (example == null || YamlText.isFlat(example)) {
      return List.of(
          YamlText.key(key) + ": " + (example == null ? "" : YamlText.flat(example)).strip());
    }
    List<String> lines = new ArrayList<>(List.of(YamlText.key(key) + ":"));
    lines.addAll(YamlText.indented(content(schema, example)));
    return lines;
  }

  private List<String> content(JsonNode schema, JsonNode example) {
    List<String> lines = new ArrayList<>();
    if (example.isArray()) {
      JsonNode items = schema.path("items");
      example.forEach(
          item ->
              lines.addAll(
                  YamlText.item(
                      YamlText.isFlat(item)
                          ? List.of(YamlText.flat(item))
                          : content(items, item))));
      return lines;
    }
    List<JsonNode> alternatives = ExampleValue.alternatives(schema);
    if (alternatives.isEmpty()) {
      return fields(schema, example);
    }
    JsonNode shown = fitting(alternatives, example);
    lines.addAll(words(text(shown, "title") + ":"));
    lines.addAll(fields(shown, example));
    for (JsonNode other : alternatives) {
      if (!other.equals(shown)) {
        lines.addAll(words("Or instead of that, " + text(other, "title") + ":"));
        lines.addAll(commented(fields(other, examples.of(other))));
      }
    }
    return lines;
  }

  /** The form that has all of the example's fields. */
  private static JsonNode fitting(List<JsonNode> alternatives, JsonNode example) {
    return alternatives.stream()
        .filter(
            form ->
                example.properties().stream()
                    .allMatch(field -> form.path("properties").has(field.getKey())))
        .findFirst()
        .orElse(alternatives.getFirst());
  }

  private List<String> fields(JsonNode schema, JsonNode example) {
    List<String> lines = new ArrayList<>();
    for (var property : schema.path("properties").properties()) {
      JsonNode of = property.getValue();
      boolean given = example.has(property.getKey());
      lines.addAll(words(about(property.getKey(), of)));
      List<String> field =
          field(property.getKey(), of, given ? example.get(property.getKey()) : examples.of(of));
      lines.addAll(given ? field : commented(field));
    }
    lines.addAll(entries(schema, example));
    return lines;
  }

  /** Those of a map, whose names the schema leaves to whoever gives it. */
  private List<String> entries(JsonNode schema, JsonNode example) {
    JsonNode of = schema.path("additionalProperties");
    return of.isObject()
        ? example.properties().stream()
            .filter(entry -> !schema.path("properties").has(entry.getKey()))
            .flatMap(entry -> field(entry.getKey(), of, entry.getValue()).stream())
            .toList()
        : List.of();
  }

  /** Title and description of a field, and among what to choose. */
  private static String about(String key, JsonNode schema) {
    String title = text(schema, "title");
    String among =
        schema.has("enum")
            ? schema
                .get("enum")
                .valueStream()
                .map(JsonNode::asText)
                .collect(Collectors.joining(", "))
            : "";
    String said = text(schema, "description");
    boolean bare = said.isEmpty() && among.isEmpty() && title.equalsIgnoreCase(key);
    return bare
        ? ""
        : title
            + (title.isEmpty() || said.isEmpty() ? "" : ": ")
            + said
            + (among.isEmpty() ? "" : " (one of " + among + ")");
  }

  private static String text(JsonNode schema, String field) {
    return schema.path(field).asText("");
  }

  /** As what is not given. */
  static List<String> commented(List<String> lines) {
    return lines.stream().map(line -> ("# " + line).stripTrailing()).toList();
  }

  /** As what is for people, broken into lines. */
  static List<String> words(String text) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : Arrays.asList(text.strip().split("\\s+", -1))) {
      if (line.length() + word.length() >= WIDTH) {
        lines.add("##" + line);
        line.setLength(0);
      }
      line.append(' ').append(word);
    }
    if (!line.toString().isBlank()) {
      lines.add("##" + line);
    }
    return lines;
  }
}
