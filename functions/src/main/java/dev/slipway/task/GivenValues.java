package dev.slipway.task;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * Values given at intake, as lines that a person reads below the instructions of a step. Elements
 * hold no secrets: credentials are kept apart.
 */
final class GivenValues {
  private final JsonNode elements;

  GivenValues(JsonNode elements) {
    this.elements = elements;
  }

  /**
   * The lines of these values, below a heading.
   *
   * @param paths each an element's id, or a field of it; values that were not given are left out
   * @return empty if none of the values was given
   */
  String lines(List<String> paths) {
    List<String> lines = new ArrayList<>();
    for (String path : paths) {
      JsonNode node = elements;
      for (String name : path.split("\\.", -1)) {
        node = node.path(name);
      }
      add(lines, path, node);
    }
    return lines.isEmpty() ? "" : "Given at intake:\n" + String.join("\n", lines);
  }

  private static void add(List<String> lines, String name, JsonNode node) {
    if (node.isObject()) {
      node.properties().forEach(field -> add(lines, name + "." + field.getKey(), field.getValue()));
    } else if (node.isArray() && node.path(0).isContainerNode()) {
      for (int i = 0; i < node.size(); i++) {
        lines.add(name + "[" + i + "]: " + inLine(node.get(i)));
      }
    } else if (!node.isMissingNode() && !node.isNull()) {
      lines.add(name + ": " + inLine(node));
    }
  }

  private static String inLine(JsonNode node) {
    if (node.isObject()) {
      return node.properties().stream()
          .map(
              (Map.Entry<String, JsonNode> field) ->
                  field.getKey() + " " + inLine(field.getValue()))
          .collect(Collectors.joining(", "));
    }
    if (node.isArray()) {
      return StreamSupport.stream(node.spliterator(), false)
          .map(each -> each.isContainerNode() ? "(" + inLine(each) + ")" : each.asText())
          .collect(Collectors.joining(" "));
    }
    return node.asText();
  }
}
