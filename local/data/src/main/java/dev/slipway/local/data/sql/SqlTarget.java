package dev.slipway.local.data.sql;

import dev.slipway.local.data.dump.DataTrouble;
import dev.slipway.local.data.dump.DumpFolder;
import dev.slipway.local.data.dump.Manifest;
import dev.slipway.local.data.dump.RowFile;
import dev.slipway.local.data.dump.RowReader;
import dev.slipway.local.data.map.Link;
import dev.slipway.local.data.map.TableRule;
import dev.slipway.local.data.map.TableRule.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Says what a row of the source is in the target: the tenant is the target's, rows that both sides
 * have are the target's own, and keys are shifted where the target has rows already.
 */
final class SqlTarget {
  private final SqlPlan plan;
  private final String tenant;
  private final Map<String, Long> offsets;

  /** The target's key of a row, by table and by the source's key. */
  private final Map<String, Map<String, String>> matches = new HashMap<>();

  private final Map<String, String> roots = new HashMap<>();

  /**
   * Looks up in the target what rows are called there.
   *
   * @param tenant the target's
   * @param offsets what is added to keys, by table
   * @throws DataTrouble if the target lacks the tenant, or a row that both sides must have
   */
  SqlTarget(
      SqlDatabase database,
      SqlPlan plan,
      Manifest manifest,
      DumpFolder folder,
      String tenant,
      Map<String, Long> offsets)
      throws SQLException, IOException {
    this.plan = plan;
    this.tenant = tenant;
    this.offsets = offsets;
    for (SqlTable table : plan.tables().values()) {
      if (table.rule().kind() == Kind.ROOT) {
        roots.put(table.name(), only(database, table, table.rule().tenant(), tenant));
      }
    }
    for (Manifest.Entry entry : manifest.files()) {
      if (entry.holds() == Manifest.Holds.REFERENCE) {
        matches.put(entry.table(), matched(database, entry.table(), folder));
      }
    }
  }

  private Map<String, String> matched(SqlDatabase database, String table, DumpFolder folder)
      throws SQLException, IOException {
    SqlTable there = table(table);
    Map<String, String> matched = new HashMap<>();
    try (RowReader reader = new RowReader(folder.file(table))) {
      for (byte[][] row = reader.next(); row != null; row = reader.next()) {
        String name = RowReader.text(row[1]);
        matched.put(RowReader.text(row[0]), only(database, there, there.rule().match(), name));
      }
    }
    return matched;
  }

  private static String only(SqlDatabase database, SqlTable table, String column, String value)
      throws SQLException {
    List<String> found = new ArrayList<>();
    database.query(
        Sql.of(
            "SELECT %s FROM %s WHERE %s = ?"
                .formatted(Sql.name(table.rule().key()), Sql.name(table.name()), Sql.name(column)),
            value),
        row -> found.add(row.getString(1)));
    if (found.size() != 1) {
      throw new DataTrouble(
          "reference-unmatched",
          "The target has %d rows in %s with %s = %s, and there must be one."
              .formatted(found.size(), table.name(), column, value));
    }
    return found.getFirst();
  }

  /** The target's table. */
  SqlTable table(String name) {
    SqlTable table = plan.tables().get(name);
    if (table == null) {
      throw new DataTrouble("table-missing", "The target has no table " + name + ".");
    }
    return table;
  }

  /** The target's table with a file's columns, all of which it must have. */
  SqlTable table(Manifest.Entry entry, List<RowFile.Column> columns) {
    SqlTable table = table(entry.table());
    for (RowFile.Column column : columns) {
      if (RowFile.index(table.inFile(), column.name()) < 0) {
        throw new DataTrouble(
            "column-missing",
            "The target's table %s has no column %s.".formatted(table.name(), column.name()));
      }
    }
    return table;
  }

  /** The tenant's row in the target. */
  String root(String table) {
    return roots.get(table);
  }

  /** The row as it is in the target. */
  byte[][] moved(SqlTable table, List<RowFile.Column> columns, byte[][] row) {
    byte[][] moved = row.clone();
    TableRule rule = table.rule();
    for (int i = 0; i < moved.length; i++) {
      String column = columns.get(i).name();
      if (column.equals(rule.key())) {
        moved[i] = shifted(table.name(), row[i]);
      } else if (column.equals(rule.tenant())) {
        moved[i] = tenant.getBytes(StandardCharsets.UTF_8);
      }
    }
    for (Link link : table.links()) {
      int index = RowFile.index(columns, link.column());
      if (index >= 0 && row[index] != null && holds(link, columns, row)) {
        moved[index] = led(link, row[index]);
      }
    }
    return moved;
  }

  private static boolean holds(Link link, List<RowFile.Column> columns, byte[][] row) {
    return link.whenColumn() == null
        || link.whenValue().equals(RowReader.text(row[RowFile.index(columns, link.whenColumn())]));
  }

  private byte[] led(Link link, byte[] value) {
    TableRule other = table(link.table()).rule();
    return switch (other.kind()) {
      case ROOT -> root(link.table()).getBytes(StandardCharsets.UTF_8);
      case REFERENCE ->
          matches
              .getOrDefault(link.table(), Map.of())
              .get(RowReader.text(value))
              .getBytes(StandardCharsets.UTF_8);
      case SCOPED -> link.other().equals(other.key()) ? shifted(link.table(), value) : value;
      case NEVER -> value;
    };
  }

  private byte[] shifted(String table, byte[] key) {
    long offset = offsets.getOrDefault(table, 0L);
    return offset == 0
        ? key
        : Long.toString(Math.addExact(Long.parseLong(RowReader.text(key)), offset))
            .getBytes(StandardCharsets.UTF_8);
  }
}
