package dev.slipway.local.data.sql;

import dev.slipway.local.data.dump.DataTrouble;
import dev.slipway.local.data.map.DataMap;
import dev.slipway.local.data.map.Link;
import dev.slipway.local.data.map.TableRule;
import dev.slipway.local.data.map.TableRule.Kind;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What is done with the tables that a database has: the map, laid over its schema.
 *
 * @param tables all that the map classifies and the database has, by name
 * @param copied those with rows to copy, each behind those that it belongs by
 */
record SqlPlan(Map<String, SqlTable> tables, List<SqlTable> copied) {
  private static final int MOST_NAMED = 20;

  /**
   * Lays the map over the database's schema.
   *
   * @throws DataTrouble {@code table-unknown} if the map does not know a table; {@code map-wrong}
   *     if it speaks of columns that are not there
   */
  static SqlPlan of(DataMap.Section section, SqlDatabase database) throws SQLException {
    Map<String, List<SqlTable.Column>> found = database.tables();
    List<String> unknown =
        found.keySet().stream().filter(table -> section.rule(table).isEmpty()).toList();
    if (!unknown.isEmpty()) {
      throw new DataTrouble(
          "table-unknown",
          "The map does not say what becomes of %d tables: %s."
              .formatted(
                  unknown.size(), String.join(", ", unknown.stream().limit(MOST_NAMED).toList())));
    }
    Map<String, List<Link>> foreignKeys = database.foreignKeys();
    Set<String> unique = new HashSet<>();
    database.uniqueColumns(unique::add);
    Map<String, SqlTable> tables = new LinkedHashMap<>();
    found.forEach(
        (name, columns) ->
            tables.put(
                name,
                table(
                    name,
                    section.rule(name).orElseThrow(),
                    columns,
                    foreignKeys.getOrDefault(name, List.of()))));
    List<SqlTable> copied = new ArrayList<>();
    for (SqlTable table : tables.values()) {
      if (table.rule().kind() == Kind.SCOPED) {
        require(tables, found, unique, table);
        requireKeys(tables, table);
        place(tables, table, copied, new HashSet<>());
      }
    }
    return new SqlPlan(tables, copied);
  }

  private static SqlTable table(
      String name, TableRule rule, List<SqlTable.Column> columns, List<Link> foreignKeys) {
    List<SqlTable.Column> copied = new ArrayList<>();
    for (SqlTable.Column column : columns) {
      if (rule.set().containsKey(column.name())) {
        copied.add(
            new SqlTable.Column(
                column.name(), column.binary(), true, rule.set().get(column.name())));
      } else if (!rule.drops(column.name())) {
        copied.add(column);
      }
    }
    List<Link> links = new ArrayList<>();
    rule.via().stream().filter(link -> !link.backward()).forEach(links::add);
    links.addAll(rule.also());
    Set<String> named = new HashSet<>();
    links.forEach(link -> named.add(link.column()));
    Predicate<String> isCopied =
        column ->
            !rule.set().containsKey(column)
                && copied.stream().anyMatch(each -> each.name().equals(column));
    foreignKeys.stream().filter(link -> !named.contains(link.column())).forEach(links::add);
    return new SqlTable(
        name, rule, copied, links.stream().filter(link -> isCopied.test(link.column())).toList());
  }

  private static void require(
      Map<String, SqlTable> tables,
      Map<String, List<SqlTable.Column>> found,
      Set<String> unique,
      SqlTable table) {
    TableRule rule = table.rule();
    if (!unique.contains(table.name() + "." + rule.key())) {
      throw wrong(table, "`" + rule.key() + "` alone does not tell its rows apart");
    }
    List<String> columns = new ArrayList<>(rule.unique());
    List<Link> links = new ArrayList<>(rule.via());
    links.addAll(rule.also());
    links.forEach(link -> columns.add(link.column()));
    links.stream()
        .filter(link -> link.whenColumn() != null)
        .map(Link::whenColumn)
        .forEach(columns::add);
    rule.files().forEach(file -> columns.addAll(file.columns()));
    for (String column : new String[] {rule.tenant(), rule.scope(), rule.group()}) {
      if (column != null) {
        columns.add(column);
      }
    }
    columns.stream()
        .filter(column -> !has(found, table.name(), column))
        .findFirst()
        .ifPresent(
            column -> {
              throw wrong(table, "it has no column `" + column + "`");
            });
    links.stream()
        .filter(
            link -> !tables.containsKey(link.table()) || !has(found, link.table(), link.other()))
        .findFirst()
        .ifPresent(
            link -> {
              throw wrong(table, "there is no `" + link.end() + "`");
            });
  }

  /** A row of a reference table is found in the target by its key's row here. */
  private static void requireKeys(Map<String, SqlTable> tables, SqlTable table) {
    for (Link link : table.links()) {
      TableRule other = tables.get(link.table()).rule();
      if (other.kind() != Kind.SCOPED && !link.other().equals(other.key())) {
        throw wrong(table, "`" + link.end() + "` is not the key there");
      }
    }
  }

  private static boolean has(
      Map<String, List<SqlTable.Column>> found, String table, String column) {
    return found.get(table).stream().anyMatch(each -> each.name().equals(column));
  }

  /** Puts a table behind those by which its rows are found. */
  private static void place(
      Map<String, SqlTable> tables, SqlTable table, List<SqlTable> copied, Set<String> above) {
    if (copied.contains(table)) {
      return;
    }
    if (!above.add(table.name())) {
      throw wrong(table, "its `via` leads back to it");
    }
    for (Link link : table.rule().via()) {
      SqlTable before = tables.get(link.table());
      if (before.rule().kind() == Kind.SCOPED) {
        place(tables, before, copied, above);
      } else if (before.rule().kind() != Kind.ROOT) {
        throw wrong(table, "`" + link.table() + "` belongs to no tenant");
      }
    }
    above.remove(table.name());
    copied.add(table);
  }

  private static DataTrouble wrong(SqlTable table, String why) {
    return new DataTrouble("map-wrong", "The map is wrong at `" + table.name() + "`: " + why + ".");
  }
}
