package dev.slipway.local.customer;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The difference of two values, field by field. */
public record ValueDifference(JsonNode before, JsonNode after) {

  /** A line for each field that differs, such as {@code port: 25 -> 587}. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    add("", before, after, lines);
    return lines;
  }

  private static void add(String field, JsonNode before, JsonNode after, List<String> lines) {
    if (before.equals(after)) {
      return;
    }
    if (before.isObject() && after.isObject()) {
      Set<String> names = new LinkedHashSet<>();
      before.fieldNames().forEachRemaining(names::add);
      after.fieldNames().forEachRemaining(names::add);
      String prefix = field.isEmpty() ? "" : field + ".";
      names.forEach(name -> add(prefix + name, before.path(name), after.path(name), lines));
    } else if (before.isArray() && after.isArray()) {
      for (int i = 0; i < Math.max(before.size(), after.size()); i++) {
        add("%s[%d]".formatted(field, i), before.path(i), after.path(i), lines);
      }
    } else {
      lines.add(
          "%s: %s -> %s".formatted(field.isEmpty() ? "value" : field, told(before), told(after)));
    }
  }

  private static String told(JsonNode value) {
    return value.isMissingNode() ? "(nothing)" : YamlText.flat(value);
  }
}
