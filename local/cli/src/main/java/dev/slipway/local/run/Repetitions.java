package dev.slipway.local.run;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a profile says once for many, written out, so that a customer of twenty tenants is no longer
 * to read than one of two. {@code groups} names what there are many of:
 *
 * <pre>"groups": {"tenant": ["acme", "bravo"],
 *   "environment": [{"environment": "uat", "domain": "uat.a.example"}, …]}
 * </pre>
 *
 * <p>{@code {"$each": ["environment", "tenant"], "$as": …}} in a list stands for one item for each
 * pair, or for several if {@code $as} is a list; as the value of a field whose name has {@code
 * {tenant}} in it, for one field for each. Within, {@code {tenant}} and {@code {domain}} are
 * replaced. A text in a group is short for an object whose one field is called as the group. A
 * group may itself be made of those before it.
 */
final class Repetitions {
  private static final String GROUPS = "groups";
  private static final String EACH = "$each";
  private static final String AS = "$as";

  private final FieldLines read;
  private final Map<JsonPointer, Integer> lines = new HashMap<>();
  private final Map<String, List<Map<String, String>>> groups = new LinkedHashMap<>();

  private Repetitions(ProfileField profile, FieldLines read) {
    this.read = read;
    profile.get(GROUPS).fields().forEach((name, group) -> groups.put(name, members(name, group)));
  }

  /**
   * A profile without repetitions.
   *
   * @param lines of each of its fields, where the file has what it comes from
   */
  record Written(JsonNode tree, FieldLines lines) {}

  /**
   * Writes them out.
   *
   * @throws ProfileField.Wrong where one is not as it must be
   */
  static Written out(JsonNode profile, FieldLines lines) {
    if (!profile.has(GROUPS)) {
      return new Written(profile, lines);
    }
    Repetitions repetitions = new Repetitions(ProfileField.root(profile), lines);
    JsonPointer root = JsonPointer.empty();
    JsonNode tree = repetitions.written(profile, root, root, Map.of());
    ((ObjectNode) tree).remove(GROUPS);
    return new Written(tree, new FieldLines(repetitions.lines));
  }

  private List<Map<String, String>> members(String group, ProfileField list) {
    List<Map<String, String>> members = new ArrayList<>();
    for (ProfileField item : list.items()) {
      ArrayNode written = JsonNodeFactory.instance.arrayNode();
      item(written, item.value(), item.pointer(), item.pointer(), Map.of());
      written.forEach(each -> members.add(member(group, item.with(each))));
    }
    return members;
  }

  private static Map<String, String> member(String group, ProfileField item) {
    if (item.value().isTextual()) {
      return Map.of(group, item.text());
    }
    Map<String, String> member = new LinkedHashMap<>();
    item.fields().forEach((name, field) -> member.put(name, field.text()));
    return member;
  }

  private JsonNode written(
      JsonNode node, JsonPointer from, JsonPointer to, Map<String, String> names) {
    lines.put(to, read.line(from));
    return switch (node) {
      case ObjectNode object -> {
        ObjectNode copy = JsonNodeFactory.instance.objectNode();
        object
            .properties()
            .forEach(
                field ->
                    field(
                        copy,
                        field.getKey(),
                        field.getValue(),
                        from.appendProperty(field.getKey()),
                        to,
                        names));
        yield copy;
      }
      case ArrayNode array -> {
        ArrayNode copy = JsonNodeFactory.instance.arrayNode();
        for (int i = 0; i < array.size(); i++) {
          item(copy, array.get(i), from.appendIndex(i), to, names);
        }
        yield copy;
      }
      case TextNode text -> TextNode.valueOf(filled(text.textValue(), names));
      default -> node;
    };
  }

  private void field(
      ObjectNode copy,
      String name,
      JsonNode value,
      JsonPointer from,
      JsonPointer to,
      Map<String, String> names) {
    if (!value.has(EACH)) {
      String own = filled(name, names);
      copy.set(own, written(value, from, to.appendProperty(own), names));
      return;
    }
    for (Map<String, String> each : each(value, from, names)) {
      String own = filled(name, each);
      if (copy.has(own)) {
        throw new ProfileField.Wrong(
            from, name + ": comes twice: its name needs what tells them apart, such as {tenant}");
      }
      copy.set(own, written(value.path(AS), from.appendProperty(AS), to.appendProperty(own), each));
    }
  }

  private void item(
      ArrayNode copy, JsonNode value, JsonPointer from, JsonPointer to, Map<String, String> names) {
    if (!value.has(EACH)) {
      copy.add(written(value, from, to.appendIndex(copy.size()), names));
      return;
    }
    JsonNode as = value.path(AS);
    JsonPointer at = from.appendProperty(AS);
    for (Map<String, String> each : each(value, from, names)) {
      if (as.isArray()) {
        for (int i = 0; i < as.size(); i++) {
          item(copy, as.get(i), at.appendIndex(i), to, each);
        }
      } else {
        item(copy, as, at, to, each);
      }
    }
  }

  /** The names of each member of each group, together with the others'. */
  private List<Map<String, String>> each(
      JsonNode value, JsonPointer at, Map<String, String> names) {
    if (!value.has(AS) || value.size() != 2) {
      throw new ProfileField.Wrong(at, "must have $each and $as alone");
    }
    List<Map<String, String>> all = List.of(names);
    for (JsonNode named : value.path(EACH)) {
      List<Map<String, String>> group = groups.get(named.asText());
      if (group == null) {
        throw new ProfileField.Wrong(
            at,
            "there is no group %s; there are %s"
                .formatted(named, String.join(", ", groups.keySet())));
      }
      List<Map<String, String>> more = new ArrayList<>();
      for (Map<String, String> before : all) {
        for (Map<String, String> member : group) {
          Map<String, String> both = new HashMap<>(before);
          both.putAll(member);
          more.add(both);
        }
      }
      all = more;
    }
    return all;
  }

  private static String filled(String text, Map<String, String> names) {
    String filled = text;
    for (Map.Entry<String, String> name : names.entrySet()) {
      filled = filled.replace("{" + name.getKey() + "}", name.getValue());
    }
    return filled;
  }
}
