package dev.slipway.local.data.map;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What becomes of a table or a collection.
 *
 * @param kind of table
 * @param key its primary key, one column
 * @param tenant the column with the tenant's name; null: the rows are found otherwise
 * @param scope the column with the organisation's uid; null in all tables but the organisations'
 * @param via the links of which one leads to a row that belongs; empty: none is needed
 * @param also further links, which must not leave the dump
 * @param drop columns that are left out, with {@code *} for any letters: tokens and secrets
 * @param set columns that get this value in every row instead
 * @param match the column by which a reference table's row is found in the target; null elsewhere
 * @param group the column, or the documents' field, with the group's id; null: none
 * @param unique columns whose values must not be in the target yet
 * @param files the objects in buckets that a row names
 */
public record TableRule(
    Kind kind,
    String key,
    String tenant,
    String scope,
    List<Link> via,
    List<Link> also,
    List<String> drop,
    Map<String, String> set,
    String match,
    String group,
    List<String> unique,
    List<KeyTemplate> files) {
  private static final Set<String> FIELDS =
      Set.of(
          "class", "key", "tenant", "scope", "via", "also", "drop", "set", "match", "group",
          "unique", "files");

  /** The kind of a table. */
  public enum Kind {
    /** The tenants: not copied, the target has its own row. */
    ROOT,
    /** Rows that belong to tenants: copied as far as they belong to the one. */
    SCOPED,
    /** Rows that both sides have: not copied, but found again in the target. */
    REFERENCE,
    /** Never copied. */
    NEVER
  }

  static TableRule read(JsonNode node) {
    if (!node.isObject()) {
      throw new IllegalArgumentException("must be an object");
    }
    Set<String> unknown = new TreeSet<>();
    node.fieldNames().forEachRemaining(unknown::add);
    unknown.removeAll(FIELDS);
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException("has unknown fields " + unknown);
    }
    TableRule rule =
        new TableRule(
            kind(node.path("class").asText("scoped")),
            name(node, "key", "id"),
            name(node, "tenant", null),
            name(node, "scope", null),
            links(node.path("via")),
            links(node.path("also")),
            texts(node.path("drop"), "[\\w*]{1,64}"),
            constants(node.path("set")),
            name(node, "match", null),
            name(node, "group", null),
            texts(node.path("unique"), "\\w{1,64}"),
            files(node.path("files")));
    rule.check();
    return rule;
  }

  private void check() {
    boolean found = tenant != null || !via.isEmpty() || group != null;
    if (kind == Kind.SCOPED && !found) {
      throw new IllegalArgumentException("needs `via`, `tenant` or `group`, or a class");
    }
    if (kind == Kind.ROOT && tenant == null) {
      throw new IllegalArgumentException("needs `tenant`, the column with its name");
    }
    if (kind == Kind.REFERENCE && match == null) {
      throw new IllegalArgumentException("needs `match`");
    }
    List<String> needed = new ArrayList<>(List.of(key));
    via.forEach(link -> needed.add(link.column()));
    files.forEach(file -> needed.addAll(file.columns()));
    needed.stream()
        .filter(column -> drops(column) || set.containsKey(column))
        .findFirst()
        .ifPresent(
            column -> {
              throw new IllegalArgumentException("drops or sets `" + column + "`, which it needs");
            });
    if (kind != Kind.SCOPED && !files.isEmpty()) {
      throw new IllegalArgumentException("has `files`, but none of its rows is copied");
    }
    if (also.stream().anyMatch(Link::backward)) {
      throw new IllegalArgumentException("`also` leads to other rows, not from them");
    }
  }

  /** Whether a column is left out. */
  public boolean drops(String column) {
    return drop.stream().anyMatch(pattern -> matches(pattern, column));
  }

  static boolean matches(String pattern, String name) {
    return Pattern.matches(pattern.replace("*", ".*"), name);
  }

  private static Kind kind(String text) {
    for (Kind kind : Kind.values()) {
      if (kind.name().equalsIgnoreCase(text)) {
        return kind;
      }
    }
    throw new IllegalArgumentException("`class` must be root, scoped, reference or never");
  }

  private static String name(JsonNode node, String field, String otherwise) {
    JsonNode value = node.path(field);
    if (value.isMissingNode()) {
      return otherwise;
    }
    return name(value, "\\w{1,64}");
  }

  private static String name(JsonNode value, String form) {
    if (!value.isTextual() || !value.textValue().matches(form)) {
      throw new IllegalArgumentException("`" + value.asText() + "` is no name of a column");
    }
    return value.textValue();
  }

  /** One text, or a list of them; alternatives are parted by bars. */
  private static List<Link> links(JsonNode node) {
    List<Link> links = new ArrayList<>();
    for (JsonNode each : list(node)) {
      for (String alternative : each.asText().split("\\|", -1)) {
        links.add(Link.parse(alternative));
      }
    }
    return List.copyOf(links);
  }

  private static List<KeyTemplate> files(JsonNode node) {
    return list(node).stream().map(each -> KeyTemplate.parse(each.asText())).toList();
  }

  private static List<String> texts(JsonNode node, String form) {
    List<String> texts = new ArrayList<>();
    list(node).forEach(each -> texts.add(name(each, form)));
    return List.copyOf(texts);
  }

  private static List<JsonNode> list(JsonNode node) {
    List<JsonNode> list = new ArrayList<>();
    if (node.isArray()) {
      node.forEach(list::add);
    } else if (!node.isMissingNode()) {
      list.add(node);
    }
    return list;
  }

  private static Map<String, String> constants(JsonNode node) {
    Map<String, String> constants = new LinkedHashMap<>();
    node.properties()
        .forEach(
            entry -> {
              JsonNode value = entry.getValue();
              boolean usable = value.isTextual() || value.isNumber();
              if (!usable || !entry.getKey().matches("\\w{1,64}")) {
                throw new IllegalArgumentException("`set` must give texts or numbers to columns");
              }
              constants.put(entry.getKey(), value.asText());
            });
    return constants;
  }
}
