package dev.slipway.local.lint;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A node of a file's tree with its place in the file.
 *
 * @param path the keys and indexes that lead to it, joined by newlines, which no key contains
 * @param node may be a missing node
 */
record LocatedNode(Source source, String path, JsonNode node) {

  /** The node below that key; a missing one if there is none. */
  LocatedNode at(String key) {
    return new LocatedNode(source, Source.child(path, key), node.path(key));
  }

  boolean exists() {
    return !node.isMissingNode() && !node.isNull();
  }

  /** A scalar's text. */
  Optional<String> text() {
    return exists() && node.isValueNode() ? Optional.of(node.asText()) : Optional.empty();
  }

  /** The text of the scalar below that key; empty if there is none. */
  String text(String key) {
    return at(key).text().orElse("");
  }

  /** A list's items; of a single scalar, itself; of anything else, none. */
  List<LocatedNode> items() {
    List<LocatedNode> items = new ArrayList<>();
    if (exists() && node.isValueNode()) {
      items.add(this);
    }
    for (int i = 0; node.isArray() && i < node.size(); i++) {
      items.add(new LocatedNode(source, Source.child(path, Integer.toString(i)), node.get(i)));
    }
    return items;
  }

  /** A mapping's fields. */
  Map<String, LocatedNode> fields() {
    Map<String, LocatedNode> fields = new LinkedHashMap<>();
    node.properties().forEach(field -> fields.put(field.getKey(), at(field.getKey())));
    return fields;
  }

  /** Its line; for a missing node, its parent's. */
  int line() {
    return source.line(path);
  }

  LintFinding finding(String rule, String message) {
    return new LintFinding(source.file(), line(), rule, message);
  }
}
