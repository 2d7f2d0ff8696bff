package dev.slipway.task;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.slipway.checklist.Element;
import dev.slipway.json.Pointers;
import dev.slipway.ledger.Fact;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Values given at intake, as a person reads them beside the instructions of a step. Elements hold
 * no secrets: credentials are kept apart.
 */
final class GivenValues {
  private final JsonNode elements;
  private final Function<String, Optional<Element>> asked;

  /**
   * @param asked the elements of the checklist, by which the values are called
   */
  GivenValues(JsonNode elements, Function<String, Optional<Element>> asked) {
    this.elements = elements;
    this.asked = asked;
  }

  /**
   * The facts of these values, in their order.
   *
   * @param paths each an element's id, or a field of it; values that were not given are left out
   */
  List<Fact> facts(List<String> paths) {
    List<Fact> facts = new ArrayList<>();
    for (String path : paths) {
      String[] names = path.split("\\.", -1);
      Optional<Element> element = asked.apply(names[0]);
      Place place =
          new Place(
              names[0],
              "",
              element.map(Element::title).orElseGet(() -> words(names[0])),
              element.map(Element::schema).orElseGet(MissingNode::getInstance),
              elements.path(names[0]));
      for (int i = 1; i < names.length; i++) {
        place = place.field(names[i]);
      }
      add(facts, place);
    }
    return facts;
  }

  /** A value, and what the checklist says of it. */
  private record Place(
      String element, String pointer, String title, JsonNode schema, JsonNode value) {

    Place field(String name) {
      return new Place(
          element,
          pointer + "/" + Pointers.escape(name),
          title + ", " + label(name),
          schema.path("properties").path(name),
          value.path(name));
    }

    private String label(String name) {
      JsonNode fields = schema.path("properties");
      String own = fields.path(name).path("title").asText("");
      // Neighbours that share a definition have one title: then the name says more.
      boolean isUnique =
          fields.valueStream().filter(each -> each.path("title").asText("").equals(own)).count()
              == 1;
      return own.isEmpty() || !isUnique ? words(name) : own;
    }

    Place item(int index) {
      JsonNode items = schema.path("items");
      return new Place(
          element,
          pointer + "/" + index,
          title + ", " + items.path("title").asText("Entry") + " " + (index + 1),
          items,
          value.path(index));
    }

    Fact fact() {
      return new Fact(element, pointer, title, inLine());
    }

    /** Called as the checklist calls it, and in its order: the ledger keeps none. */
    private String inLine() {
      if (value.isObject()) {
        return Stream.of(schema.path("properties"), value)
            .flatMap(JsonNode::propertyStream)
            .map(Map.Entry::getKey)
            .distinct()
            .filter(value::has)
            .map(name -> label(name) + ": " + field(name).inLine())
            .collect(Collectors.joining(", "));
      }
      if (value.isArray()) {
        return IntStream.range(0, value.size())
            .mapToObj(this::item)
            .map(each -> each.value.isContainerNode() ? "(" + each.inLine() + ")" : each.inLine())
            .collect(Collectors.joining(" "));
      }
      String text = value.asText();
      return schema.path("x-slipway-labels").path(text).asText(text);
    }
  }

  private static void add(List<Fact> facts, Place place) {
    JsonNode value = place.value();
    if (value.isObject()) {
      value.properties().forEach(field -> add(facts, place.field(field.getKey())));
    } else if (value.isArray() && value.path(0).isContainerNode()) {
      for (int i = 0; i < value.size(); i++) {
        facts.add(place.item(i).fact());
      }
    } else if (!value.isMissingNode() && !value.isNull()) {
      facts.add(place.fact());
    }
  }

  /** {@code mail-server} and {@code mailServer} as words: Mail server. */
  private static String words(String name) {
    String words =
        name.replaceAll("([a-z\\d])([A-Z])", "$1 $2").replace('-', ' ').toLowerCase(Locale.ROOT);
    return words.isEmpty() ? words : Character.toUpperCase(words.charAt(0)) + words.substring(1);
  }
}
