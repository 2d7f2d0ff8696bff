package dev.slipway.local.data.sql;

import dev.slipway.local.data.dump.DataTrouble;
import dev.slipway.local.data.dump.DumpFolder;
import dev.slipway.local.data.dump.Manifest;
import dev.slipway.local.data.dump.Progress;
import dev.slipway.local.data.dump.RowFile;
import dev.slipway.local.data.dump.RowReader;
import dev.slipway.local.data.map.Link;
import dev.slipway.local.data.map.TableRule.Kind;
import java.io.IOException;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Writes a dump into the target, and deletes it from there again. A load that was killed goes on:
 * of the table in work, rows that are there already are left out. Nothing is overwritten.
 */
final class SqlLoad {
  private static final int AT_ONCE = 5000;

  private final SqlDatabase database;
  private final SqlPlan plan;
  private final String tenant;
  private final Manifest manifest;
  private final DumpFolder folder;
  private final Progress progress;

  /**
   * @param tenant the target's
   */
  SqlLoad(
      SqlDatabase database,
      SqlPlan plan,
      String tenant,
      Manifest manifest,
      DumpFolder folder,
      Progress progress) {
    this.database = database;
    this.plan = plan;
    this.tenant = tenant;
    this.manifest = manifest;
    this.folder = folder;
    this.progress = progress;
  }

  /** Loads all tables, and answers how many rows were written by this start. */
  long load() throws SQLException, IOException {
    database.execute(
        "SET SESSION foreign_key_checks = 0,"
            + " sql_mode = 'STRICT_ALL_TABLES,NO_AUTO_VALUE_ON_ZERO'");
    database.connection().setAutoCommit(false);
    Optional<DumpFolder.Loaded> earlier = folder.loaded();
    DumpFolder.Loaded loaded =
        earlier.isPresent() ? earlier.get() : DumpFolder.Loaded.none(offsets());
    SqlTarget target = target(loaded);
    if (earlier.isEmpty()) {
      requireEmpty(target);
      folder.loaded(loaded);
    }
    long written = 0;
    for (Manifest.Entry entry : manifest.copied()) {
      if (!loaded.whole().contains(entry.table())) {
        written += table(target, entry, earlier.isPresent());
        loaded = loaded.with(entry.table());
        folder.loaded(loaded);
      }
    }
    return written;
  }

  /** Deletes what was loaded, and answers how many rows. */
  long undo() throws SQLException, IOException {
    Optional<DumpFolder.Loaded> loaded = folder.loaded();
    if (loaded.isEmpty()) {
      return 0;
    }
    database.execute("SET SESSION foreign_key_checks = 0");
    database.connection().setAutoCommit(false);
    SqlTarget target = target(loaded.get());
    long deleted = 0;
    for (Manifest.Entry entry : manifest.copied().reversed()) {
      SqlTable table = target.table(entry.table());
      String statement = "DELETE FROM %s WHERE ".formatted(Sql.name(table.name()));
      try (RowReader reader = new RowReader(folder.file(entry.table()))) {
        for (List<String> some = keys(target, table, reader);
            !some.isEmpty();
            some = keys(target, table, reader)) {
          deleted += changed(Sql.of(statement).and(Sql.in(Sql.name(table.rule().key()), some)));
          database.connection().commit();
          progress.at(table.name(), some.size(), deleted, 0);
        }
      }
    }
    folder.unloaded();
    return deleted;
  }

  SqlTarget target(DumpFolder.Loaded loaded) throws SQLException, IOException {
    return new SqlTarget(database, plan, manifest, folder, tenant, loaded.offsets());
  }

  /** The next keys of a file, as they are in the target. */
  private static List<String> keys(SqlTarget target, SqlTable table, RowReader reader)
      throws IOException {
    int key = RowFile.index(reader.columns(), table.rule().key());
    List<String> keys = new ArrayList<>();
    while (keys.size() < AT_ONCE) {
      byte[][] row = reader.next();
      if (row == null) {
        break;
      }
      keys.add(RowReader.text(target.moved(table, reader.columns(), row)[key]));
    }
    return keys;
  }

  private int changed(Sql sql) throws SQLException {
    try (PreparedStatement statement = database.connection().prepareStatement(sql.text())) {
      for (int i = 0; i < sql.values().size(); i++) {
        statement.setString(i + 1, sql.values().get(i));
      }
      return statement.executeUpdate();
    }
  }

  /** Where the target has rows with such keys, those of the dump come behind them. */
  private Map<String, Long> offsets() throws SQLException {
    Map<String, Long> offsets = new HashMap<>();
    for (Manifest.Entry entry : manifest.copied()) {
      SqlTable table = plan.tables().get(entry.table());
      if (table == null || entry.first() == null || !entry.last().matches("\\d{1,18}")) {
        continue;
      }
      long highest =
          database.count(
              Sql.of(
                  "SELECT COALESCE(MAX(%s), 0) FROM %s"
                      .formatted(Sql.name(table.rule().key()), Sql.name(table.name()))));
      if (highest >= Long.parseLong(entry.first())) {
        offsets.put(entry.table(), highest);
      }
    }
    return offsets;
  }

  private void requireEmpty(SqlTarget target) throws SQLException, IOException {
    for (Manifest.Entry entry : manifest.copied()) {
      SqlTable table = target.table(entry.table());
      String from = "SELECT COUNT(*) FROM %s WHERE ".formatted(Sql.name(table.name()));
      long there = 0;
      if (table.rule().tenant() != null) {
        there += database.count(Sql.of(from + Sql.name(table.rule().tenant()) + " = ?", tenant));
      }
      for (Link link : table.rule().via()) {
        if (target.table(link.table()).rule().kind() == Kind.ROOT) {
          there +=
              database.count(
                  Sql.of(from + Sql.name(link.column()) + " = ?", target.root(link.table())));
        }
      }
      if (there > 0) {
        throw new DataTrouble(
            "target-not-empty",
            "The target's tenant %s has %d rows in %s already."
                .formatted(tenant, there, table.name()));
      }
      for (String column : table.rule().unique()) {
        requireNew(target, table, entry, column, from);
      }
    }
  }

  private void requireNew(
      SqlTarget target, SqlTable table, Manifest.Entry entry, String column, String from)
      throws SQLException, IOException {
    long there = 0;
    try (RowReader reader = new RowReader(folder.file(entry.table()))) {
      target.table(entry, reader.columns());
      int index = RowFile.index(reader.columns(), column);
      List<String> some = new ArrayList<>();
      byte[][] row;
      do {
        row = reader.next();
        if (row != null && row[index] != null) {
          some.add(RowReader.text(row[index]));
        }
        if (!some.isEmpty() && (row == null || some.size() == AT_ONCE)) {
          there += database.count(Sql.of(from).and(Sql.in(Sql.name(column), some)));
          some.clear();
        }
      } while (row != null);
    }
    if (there > 0) {
      throw new DataTrouble(
          "already-there",
          "The target has %d rows in %s with a %s of the dump."
              .formatted(there, table.name(), column));
    }
  }

  private long table(SqlTarget target, Manifest.Entry entry, boolean goesOn)
      throws SQLException, IOException {
    long written = 0;
    progress.expect(entry.table(), entry.rows());
    progress.at(entry.table(), 0, 0, 0);
    try (RowReader reader = new RowReader(folder.file(entry.table()))) {
      List<RowFile.Column> columns = reader.columns();
      SqlTable table = target.table(entry, columns);
      int key = RowFile.index(columns, table.rule().key());
      String insert =
          "INSERT INTO %s (%s) VALUES (%s)"
              .formatted(
                  Sql.name(table.name()),
                  String.join(",", columns.stream().map(each -> Sql.name(each.name())).toList()),
                  String.join(",", Collections.nCopies(columns.size(), "?")));
      try (PreparedStatement statement = database.connection().prepareStatement(insert)) {
        Map<String, byte[][]> some = new HashMap<>();
        byte[][] row;
        long read = 0;
        do {
          row = reader.next();
          if (row != null) {
            byte[][] moved = target.moved(table, columns, row);
            some.put(RowReader.text(moved[key]), moved);
            read++;
          }
          if (!some.isEmpty() && (row == null || some.size() == AT_ONCE)) {
            if (goesOn) {
              some.keySet().removeAll(there(table, List.copyOf(some.keySet())));
            }
            write(statement, columns, some.values());
            written += some.size();
            some.clear();
            progress.at(entry.table(), read, written, 0);
          }
        } while (row != null);
      }
    }
    return written;
  }

  private Set<String> there(SqlTable table, List<String> keys) throws SQLException {
    String key = Sql.name(table.rule().key());
    Set<String> there = new HashSet<>();
    database.query(
        Sql.of("SELECT %s FROM %s WHERE ".formatted(key, Sql.name(table.name())))
            .and(Sql.in(key, keys)),
        row -> there.add(row.getString(1)));
    return there;
  }

  private void write(
      PreparedStatement statement, List<RowFile.Column> columns, Iterable<byte[][]> rows)
      throws SQLException {
    boolean any = false;
    for (byte[][] row : rows) {
      for (int i = 0; i < row.length; i++) {
        if (columns.get(i).binary()) {
          statement.setBytes(i + 1, row[i]);
        } else {
          statement.setString(i + 1, RowReader.text(row[i]));
        }
      }
      statement.addBatch();
      any = true;
    }
    if (any) {
      statement.executeBatch();
    }
    database.connection().commit();
  }
}
