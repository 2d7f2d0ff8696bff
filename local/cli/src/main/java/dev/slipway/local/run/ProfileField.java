package dev.slipway.local.run;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One field of a profile under reading: answers its value in the form asked for, or throws {@link
 * Wrong}. A missing field is there too, so that a message can name it.
 */
final class ProfileField {
  private final JsonPointer pointer;
  private final String name;
  private final JsonNode node;

  private ProfileField(JsonPointer pointer, String name, JsonNode node) {
    this.pointer = pointer;
    this.name = name;
    this.node = node;
  }

  static ProfileField root(JsonNode node) {
    return new ProfileField(JsonPointer.empty(), "", node);
  }

  /** A field is not as it must be. */
  static final class Wrong extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient JsonPointer pointer;

    Wrong(JsonPointer pointer, String message) {
      super(message);
      this.pointer = pointer;
    }

    JsonPointer pointer() {
      return pointer;
    }
  }

  Wrong wrong(String message) {
    return new Wrong(pointer, name.isEmpty() ? message : name + ": " + message);
  }

  JsonPointer pointer() {
    return pointer;
  }

  /** The same place, with another value. */
  ProfileField with(JsonNode value) {
    return new ProfileField(pointer, name, value);
  }

  boolean isThere() {
    return node != null && !node.isNull();
  }

  JsonNode value() {
    if (!isThere()) {
      throw wrong("is missing");
    }
    return node;
  }

  JsonNode objectValue() {
    if (!value().isObject()) {
      throw wrong("must be an object");
    }
    return node;
  }

  ProfileField get(String field) {
    return new ProfileField(
        pointer.appendProperty(field),
        name.isEmpty() ? field : name + "." + field,
        node == null ? null : node.get(field));
  }

  /** Refuses an object with any field but these. */
  ProfileField only(String... known) {
    Set<String> names = Set.of(known);
    for (Map.Entry<String, JsonNode> field : objectValue().properties()) {
      // A word of explanation is welcome anywhere: JSON has no comments.
      if (!names.contains(field.getKey()) && !field.getKey().equals("$comment")) {
        throw get(field.getKey())
            .wrong("is unknown; known are " + String.join(", ", List.of(known)));
      }
    }
    return this;
  }

  Map<String, ProfileField> fields() {
    Map<String, ProfileField> fields = new LinkedHashMap<>();
    if (isThere()) {
      objectValue().properties().stream()
          .map(Map.Entry::getKey)
          .filter(field -> !field.equals("$comment"))
          .forEach(field -> fields.put(field, get(field)));
    }
    return fields;
  }

  List<ProfileField> items() {
    List<ProfileField> items = new ArrayList<>();
    if (isThere()) {
      if (!node.isArray()) {
        throw wrong("must be a list");
      }
      for (int i = 0; i < node.size(); i++) {
        items.add(new ProfileField(pointer.appendIndex(i), name + "[" + i + "]", node.get(i)));
      }
    }
    return items;
  }

  String text() {
    if (!value().isTextual() || node.textValue().isBlank()) {
      throw wrong("must be a text");
    }
    return node.textValue();
  }

  Optional<String> optionalText() {
    return isThere() ? Optional.of(text()) : Optional.empty();
  }

  boolean truth() {
    if (!isThere()) {
      return false;
    }
    if (!node.isBoolean()) {
      throw wrong("must be true or false");
    }
    return node.booleanValue();
  }

  Duration duration() {
    if (!isThere()) {
      return Duration.ZERO;
    }
    try {
      Duration duration = Duration.parse(text());
      if (duration.isNegative()) {
        throw wrong("must not be negative");
      }
      return duration;
    } catch (DateTimeParseException e) {
      throw wrong("must be a duration in ISO 8601, such as PT5S or P3D");
    }
  }
}
