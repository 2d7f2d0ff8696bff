package dev.slipway.local.data.sql;

import dev.slipway.local.data.dump.DataTrouble;
import dev.slipway.local.data.dump.DumpFolder;
import dev.slipway.local.data.dump.Manifest;
import dev.slipway.local.data.dump.Progress;
import dev.slipway.local.data.dump.RowFile;
import dev.slipway.local.data.dump.RowReader;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Compares each row of a dump, as it must be in the target, with the target's. */
final class SqlCompare {
  private static final int AT_ONCE = 1000;

  private final SqlDatabase database;
  private final SqlPlan plan;
  private final SqlTarget target;
  private final DumpFolder folder;
  private final Progress progress;

  SqlCompare(
      SqlDatabase database, SqlPlan plan, SqlTarget target, DumpFolder folder, Progress progress) {
    this.database = database;
    this.plan = plan;
    this.target = target;
    this.folder = folder;
    this.progress = progress;
  }

  /**
   * Compares all tables.
   *
   * @param tenant the target's
   * @throws DataTrouble {@code counts-differ}, with tables and counts
   */
  void run(Manifest manifest, String tenant) throws SQLException, IOException {
    List<String> differing = new ArrayList<>();
    for (Manifest.Entry entry : manifest.copied()) {
      long same = same(entry);
      SqlTable table = target.table(entry.table());
      long there =
          database.count(
              Sql.of("SELECT COUNT(*) FROM %s t WHERE ".formatted(Sql.name(table.name())))
                  .and(new SqlScope(plan, tenant, List.of()).belongs(table, "t")));
      if (same != entry.rows() || there != entry.rows()) {
        differing.add(
            "%s: %d in the dump, %d in the target, %d the same"
                .formatted(entry.table(), entry.rows(), there, same));
      }
    }
    if (!differing.isEmpty()) {
      throw new DataTrouble(
          "counts-differ", "The target differs: " + String.join("; ", differing) + ".");
    }
  }

  private long same(Manifest.Entry entry) throws SQLException, IOException {
    long same = 0;
    long read = 0;
    progress.expect(entry.table(), entry.rows());
    progress.at(entry.table(), 0, 0, 0);
    try (RowReader reader = new RowReader(folder.file(entry.table()))) {
      List<RowFile.Column> columns = reader.columns();
      SqlTable table = target.table(entry, columns);
      int key = RowFile.index(columns, table.rule().key());
      Map<String, byte[][]> some = new HashMap<>();
      byte[][] row;
      do {
        row = reader.next();
        if (row != null) {
          byte[][] moved = target.moved(table, columns, row);
          some.put(RowReader.text(moved[key]), moved);
          read++;
        }
        if (!some.isEmpty() && (row == null || some.size() == AT_ONCE)) {
          same += same(table, columns, key, some);
          some.clear();
          progress.at(entry.table(), read, same, 0);
        }
      } while (row != null);
    }
    return same;
  }

  private long same(
      SqlTable table, List<RowFile.Column> columns, int key, Map<String, byte[][]> expected)
      throws SQLException {
    List<SqlTable.Column> read =
        columns.stream()
            .map(each -> table.columns().get(RowFile.index(table.inFile(), each.name())))
            .toList();
    long[] same = {0};
    database.query(
        Sql.of(
                "SELECT %s FROM %s WHERE "
                    .formatted(
                        String.join(",", read.stream().map(each -> Sql.name(each.name())).toList()),
                        Sql.name(table.name())))
            .and(Sql.in(Sql.name(table.rule().key()), List.copyOf(expected.keySet()))),
        row -> {
          byte[][] found = new byte[read.size()][];
          for (int i = 0; i < found.length; i++) {
            found[i] = SqlDatabase.value(row, i + 1, read.get(i));
          }
          byte[][] wanted = expected.get(RowReader.text(found[key]));
          same[0] += Arrays.deepEquals(wanted, found) ? 1 : 0;
        });
    return same[0];
  }
}
