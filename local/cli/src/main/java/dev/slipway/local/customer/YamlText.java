package dev.slipway.local.customer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/** A value as lines of YAML (1.2, core schema). */
record YamlText(JsonNode value) {
  /** Longer lists are written one below the other. */
  private static final int LONGEST_LINE = 80;

  /**
   * Values that YAML's core schema takes for a text without quotes, in this or any older version.
   */
  private static final Pattern PLAIN =
      Pattern.compile(
          "[A-Za-z/$][A-Za-z0-9_./@$+-]*+(?::[A-Za-z0-9_./@+-]++)*+(?: [A-Za-z0-9_./@+()-]++)*+");

  private static final Set<String> WORDS =
      Set.of("true", "false", "null", "yes", "no", "on", "off", "y", "n");

  /** The lines below a key, not indented. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    if (value.isObject()) {
      value.properties().forEach(field -> lines.addAll(field(field.getKey(), field.getValue())));
    } else {
      for (JsonNode item : value) {
        lines.addAll(item(isFlat(item) ? List.of(flat(item)) : new YamlText(item).lines()));
      }
    }
    return lines;
  }

  /** A key with its value. */
  static List<String> field(String key, JsonNode value) {
    if (isFlat(value)) {
      return List.of(key(key) + ": " + flat(value));
    }
    List<String> lines = new ArrayList<>(List.of(key(key) + ":"));
    lines.addAll(indented(new YamlText(value).lines()));
    return lines;
  }

  static String key(String key) {
    return text(key);
  }

  /** An item of a list from its lines. */
  static List<String> item(List<String> lines) {
    List<String> item = new ArrayList<>();
    lines.forEach(line -> item.add((item.isEmpty() ? "- " : "  ") + line));
    return item;
  }

  static List<String> indented(List<String> lines) {
    return lines.stream().map(line -> line.isEmpty() ? line : "  " + line).toList();
  }

  /** Whether it stands behind its key. */
  static boolean isFlat(JsonNode value) {
    return value.isValueNode()
        || value.isEmpty()
        || (value.isObject() && value.size() == 1 && value.has("$file"))
        || (value.isArray()
            && StreamSupport.stream(value.spliterator(), false).allMatch(JsonNode::isValueNode)
            && flat(value).length() <= LONGEST_LINE);
  }

  /** In one line. */
  static String flat(JsonNode value) {
    if (value.isArray()) {
      return "[" + String.join(", ", value.valueStream().map(YamlText::flat).toList()) + "]";
    }
    if (value.isObject()) {
      return "{"
          + String.join(
              ", ",
              value.properties().stream()
                  .map(field -> key(field.getKey()) + ": " + flat(field.getValue()))
                  .toList())
          + "}";
    }
    return value.isTextual() ? text(value.textValue()) : value.toString();
  }

  private static String text(String text) {
    boolean plain = PLAIN.matcher(text).matches() && !WORDS.contains(text.toLowerCase(Locale.ROOT));
    return plain ? text : TextNode.valueOf(text).toString();
  }
}
