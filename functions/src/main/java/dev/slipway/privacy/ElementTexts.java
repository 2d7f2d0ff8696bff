package dev.slipway.privacy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The texts of an element's value, as its schema tells them apart: words, which it lists or of
 * which it says that they name nobody ({@code x-slipway-nobody}), such as an application's id; and
 * all others, which may name people.
 */
final class ElementTexts {
  private final List<List<String>> names = new ArrayList<>();
  private final List<String> words = new ArrayList<>();

  ElementTexts(JsonNode value, JsonNode schema) {
    read(value, Stream.of(schema));
  }

  /** What may name people, each in one or several texts: a whole name, then its parts. */
  List<List<String>> names() {
    return names;
  }

  /** What names nobody. */
  List<String> words() {
    return words;
  }

  private void read(JsonNode value, Stream<JsonNode> schemas) {
    List<JsonNode> forms = schemas.flatMap(ElementTexts::forms).toList();
    if (value.isTextual()) {
      String text = value.textValue().strip();
      if (forms.stream().anyMatch(form -> isWord(value, form))) {
        words.add(text);
      } else {
        names.add(List.of(text));
      }
    } else if (value.isArray()) {
      value.forEach(each -> read(each, forms.stream().map(form -> form.path("items"))));
    } else {
      if (value.path("name").isTextual() && value.path("surname").isTextual()) {
        String name = value.path("name").textValue().strip();
        String surname = value.path("surname").textValue().strip();
        names.add(List.of(name + " " + surname, name, surname));
      }
      value
          .properties()
          .forEach(
              field ->
                  read(field.getValue(), forms.stream().map(form -> field(form, field.getKey()))));
    }
  }

  private static JsonNode field(JsonNode form, String name) {
    JsonNode property = form.path("properties").path(name);
    return property.isMissingNode() ? form.path("additionalProperties") : property;
  }

  /** A schema with the forms that its value may have. */
  private static Stream<JsonNode> forms(JsonNode schema) {
    return Stream.concat(
        Stream.of(schema),
        Stream.concat(schema.path("oneOf").valueStream(), Stream.of(schema.path("then")))
            .filter(JsonNode::isObject)
            .flatMap(ElementTexts::forms));
  }

  private static boolean isWord(JsonNode text, JsonNode form) {
    return form.path("x-slipway-nobody").asBoolean()
        || form.path("const").equals(text)
        || form.path("enum").valueStream().anyMatch(text::equals);
  }
}
