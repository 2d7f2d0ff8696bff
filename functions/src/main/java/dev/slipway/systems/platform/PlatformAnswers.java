package dev.slipway.systems.platform;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads answers whose exact form the vendor does not publish: by the names of fields, wherever a
 * list or an object holds them.
 */
final class PlatformAnswers {

  private PlatformAnswers() {}

  /** The objects of the first list in the answer. */
  static List<JsonNode> items(JsonNode answer) {
    List<JsonNode> items = new ArrayList<>();
    firstList(answer).ifPresent(list -> list.forEach(items::add));
    return items;
  }

  /** Whether there is a list at all, empty or not. */
  static boolean hasList(JsonNode answer) {
    return firstList(answer).isPresent();
  }

  /** The first of these fields that is a text or a number; empty text when none is. */
  static String text(JsonNode node, String... fields) {
    for (String field : fields) {
      JsonNode value = node.path(field);
      if (value.isValueNode() && !value.isNull()) {
        return value.asText();
      }
    }
    return "";
  }

  /** The texts of a list of texts, or of objects with such a field, or a single text. */
  static List<String> texts(JsonNode node, String field, String inside) {
    JsonNode value = node.path(field);
    List<String> texts = new ArrayList<>();
    if (value.isTextual()) {
      texts.add(value.asText());
    }
    if (value.isArray()) {
      value.forEach(item -> texts.add(item.isTextual() ? item.asText() : text(item, inside)));
    }
    texts.removeIf(String::isBlank);
    return texts;
  }

  /**
   * The value of the first field whose name contains a word: true, ok, up, 0 and the like are yes.
   */
  static Optional<Boolean> yesOrNo(JsonNode node, String word) {
    if (node.isObject()) {
      for (var field : node.properties()) {
        if (field.getKey().toLowerCase(Locale.ROOT).contains(word)) {
          Optional<Boolean> said = yesOrNo(field.getValue());
          if (said.isPresent()) {
            return said;
          }
        }
      }
    }
    for (JsonNode child : node) {
      Optional<Boolean> said = yesOrNo(child, word);
      if (said.isPresent()) {
        return said;
      }
    }
    return Optional.empty();
  }

  private static Optional<Boolean> yesOrNo(JsonNode value) {
    if (value.isBoolean()) {
      return Optional.of(value.asBoolean());
    }
    if (value.isObject()) {
      JsonNode result = value.path("result");
      if (result.isIntegralNumber()) {
        return Optional.of(result.asInt() == 0);
      }
      JsonNode status = value.path("status");
      return status.isTextual() || status.isBoolean() ? yesOrNo(status) : Optional.empty();
    }
    return switch (value.asText("").toLowerCase(Locale.ROOT)) {
      case "true", "ok", "up", "success", "available", "working" -> Optional.of(true);
      case "false", "fail", "failed", "down", "error", "unavailable" -> Optional.of(false);
      default -> Optional.empty();
    };
  }

  private static Optional<JsonNode> firstList(JsonNode node) {
    for (JsonNode child : node) {
      if (child.isArray()) {
        return Optional.of(child);
      }
    }
    for (JsonNode child : node) {
      Optional<JsonNode> inside = child.isObject() ? firstList(child) : Optional.empty();
      if (inside.isPresent()) {
        return inside;
      }
    }
    return Optional.empty();
  }
}
