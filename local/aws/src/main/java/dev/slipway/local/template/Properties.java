package dev.slipway.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The resolved properties of one resource (or of an event within it), with the place where they
 * stand, so that a missing or wrong one is reported with its line.
 */
record Properties(SourceTree source, String path, ObjectNode values) {

  /** The properties that stand below that key, or none. */
  Properties inner(String key) {
    var value = values.get(key);
    return new Properties(
        source,
        SourceTree.child(path, key),
        value instanceof ObjectNode object ? object : values.objectNode());
  }

  JsonNode get(String key) {
    var value = values.get(key);
    return value == null ? MissingNode.getInstance() : value;
  }

  boolean has(String key) {
    return values.hasNonNull(key);
  }

  Optional<String> text(String key) {
    return has(key) ? Optional.of(values.get(key).asText()) : Optional.empty();
  }

  String required(String key) {
    return text(key).orElseThrow(() -> problem("'" + key + "' is missing"));
  }

  int integer(String key, int otherwise) {
    if (!has(key)) {
      return otherwise;
    }
    try {
      return Integer.parseInt(values.get(key).asText());
    } catch (NumberFormatException e) {
      throw problem(key, "'%s' must be a whole number".formatted(key));
    }
  }

  boolean flag(String key) {
    return Boolean.parseBoolean(text(key).orElse("false"));
  }

  Map<String, String> texts(String key) {
    var texts = new LinkedHashMap<String, String>();
    for (var entry : get(key).properties()) {
      if (entry.getValue().isContainerNode()) {
        throw problem(key, "'%s' must be text".formatted(entry.getKey()));
      }
      texts.put(entry.getKey(), entry.getValue().asText());
    }
    return texts;
  }

  TemplateException problem(String problem) {
    return source.problem(path, problem);
  }

  TemplateException problem(String key, String problem) {
    return source.problem(SourceTree.child(path, key), problem);
  }
}
