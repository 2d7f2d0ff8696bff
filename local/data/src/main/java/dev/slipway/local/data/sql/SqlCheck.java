package dev.slipway.local.data.sql;

import dev.slipway.local.data.dump.DataTrouble;
import dev.slipway.local.data.dump.DumpFolder;
import dev.slipway.local.data.dump.KeySet;
import dev.slipway.local.data.dump.Manifest;
import dev.slipway.local.data.dump.Progress;
import dev.slipway.local.data.dump.RowFile;
import dev.slipway.local.data.dump.RowReader;
import dev.slipway.local.data.map.Link;
import dev.slipway.local.data.map.TableRule.Kind;
import dev.slipway.probe.DataJob;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Looks at a dump for what must not be: references that leave it, rows of others in it, rows that
 * it lacks. The files tell the first; the database tells the others, by queries that share nothing
 * with the dump's filter.
 */
final class SqlCheck {
  private static final int AT_ONCE = 1000;

  private final SqlDatabase database;
  private final SqlPlan plan;
  private final DataJob job;
  private final DumpFolder folder;
  private final Progress progress;

  /** The keys that the dump has, by {@code table.column}. */
  private final Map<String, KeySet> keys = new HashMap<>();

  private final List<String> leaving = new ArrayList<>();
  private final List<String> ofOthers = new ArrayList<>();
  private final List<String> missing = new ArrayList<>();
  private long references;

  SqlCheck(SqlDatabase database, SqlPlan plan, DataJob job, DumpFolder folder, Progress progress) {
    this.database = database;
    this.plan = plan;
    this.job = job;
    this.folder = folder;
    this.progress = progress;
  }

  /**
   * Checks the dump.
   *
   * @return the number of references that were followed
   * @throws DataTrouble that names tables and counts, if the dump is not closed
   */
  long run(Manifest manifest) throws SQLException, IOException {
    collect(manifest);
    for (Manifest.Entry entry : manifest.copied()) {
      SqlTable table = plan.tables().get(entry.table());
      progress.expect(entry.table(), entry.rows());
      progress.at(entry.table(), 0, 0, 0);
      closed(table, entry);
      alone(table, entry);
      progress.at(entry.table(), entry.rows(), entry.rows(), entry.bytes());
    }
    complain("reference-leaves", "References leave the dump", leaving);
    complain("rows-of-others", "The dump has rows of others", ofOthers);
    complain("rows-missing", "The source and the dump differ", missing);
    return references;
  }

  private void complain(String kind, String what, List<String> found) {
    if (!found.isEmpty()) {
      List<String> all = new ArrayList<>(found);
      if (found == leaving) {
        all.addAll(ofOthers);
      }
      throw new DataTrouble(kind, what + ": " + String.join("; ", all) + ".");
    }
  }

  private void collect(Manifest manifest) throws SQLException, IOException {
    for (SqlTable table : plan.copied()) {
      table.links().forEach(link -> keys.putIfAbsent(link.end(), new KeySet()));
    }
    for (SqlTable table : plan.tables().values()) {
      KeySet own = keys.get(table.name() + "." + table.rule().key());
      if (table.rule().kind() == Kind.ROOT && own != null) {
        database.query(
            Sql.of(
                "SELECT %s FROM %s WHERE %s = ?"
                    .formatted(
                        Sql.name(table.rule().key()),
                        Sql.name(table.name()),
                        Sql.name(table.rule().tenant())),
                job.tenant()),
            row -> own.add(row.getString(1)));
      }
    }
    for (Manifest.Entry entry : manifest.files()) {
      boolean hasKeys =
          entry.holds() == Manifest.Holds.ROWS || entry.holds() == Manifest.Holds.REFERENCE;
      if (!hasKeys) {
        continue;
      }
      try (RowReader reader = new RowReader(folder.file(entry.table()))) {
        Map<Integer, KeySet> wanted = new HashMap<>();
        for (int i = 0; i < reader.columns().size(); i++) {
          KeySet set = keys.get(entry.table() + "." + reader.columns().get(i).name());
          if (set != null) {
            wanted.put(i, set);
          }
        }
        for (byte[][] row = reader.next(); row != null; row = reader.next()) {
          byte[][] values = row;
          wanted.forEach((index, set) -> set.add(RowReader.text(values[index])));
        }
      }
    }
  }

  /** By the files alone: each reference leads to a row of the dump. */
  private void closed(SqlTable table, Manifest.Entry entry) throws IOException {
    long[] left = new long[table.links().size()];
    try (RowReader reader = new RowReader(folder.file(entry.table()))) {
      List<RowFile.Column> columns = reader.columns();
      for (byte[][] row = reader.next(); row != null; row = reader.next()) {
        for (int i = 0; i < left.length; i++) {
          Link link = table.links().get(i);
          String value = RowReader.text(row[RowFile.index(columns, link.column())]);
          if (value == null || !holds(link, columns, row)) {
            continue;
          }
          references++;
          left[i] += keys.get(link.end()).contains(value) ? 0 : 1;
        }
      }
    }
    for (int i = 0; i < left.length; i++) {
      if (left[i] > 0) {
        Link link = table.links().get(i);
        leaving.add(
            "%s.%s -> %s: %d rows".formatted(table.name(), link.column(), link.end(), left[i]));
      }
    }
  }

  private static boolean holds(Link link, List<RowFile.Column> columns, byte[][] row) {
    return link.whenColumn() == null
        || link.whenValue().equals(RowReader.text(row[RowFile.index(columns, link.whenColumn())]));
  }

  /** By the database: no row of the dump is another's, and none that belongs is missing. */
  private void alone(SqlTable table, Manifest.Entry entry) throws SQLException, IOException {
    SqlScope scope = new SqlScope(plan, job.tenant(), job.organisations());
    Sql belongs = scope.belongs(table, "t");
    List<Sql> wrong = new ArrayList<>(List.of(Sql.of("NOT ").and(belongs)));
    List<String> names = new ArrayList<>(List.of(table.name()));
    for (Link link : table.links()) {
      Kind kind = plan.tables().get(link.table()).rule().kind();
      if (kind == Kind.SCOPED || kind == Kind.ROOT) {
        wrong.add(scope.leadsAway(link, "t"));
        names.add(table.name() + "." + link.column());
      }
    }
    String from = "SELECT COUNT(*) FROM " + Sql.name(table.name()) + " t WHERE ";
    String key = Sql.name("t", table.rule().key());
    long[] others = new long[wrong.size()];
    try (RowReader reader = new RowReader(folder.file(entry.table()))) {
      int index = RowFile.index(reader.columns(), table.rule().key());
      List<String> some = new ArrayList<>();
      long read = 0;
      for (byte[][] row = reader.next(); row != null; row = reader.next()) {
        some.add(RowReader.text(row[index]));
        if (some.size() == AT_ONCE) {
          read += some.size();
          count(from, key, some, wrong, others);
          progress.at(table.name(), read, read, 0);
          some.clear();
        }
      }
      if (!some.isEmpty()) {
        count(from, key, some, wrong, others);
      }
    }
    for (int i = 0; i < others.length; i++) {
      if (others[i] > 0) {
        ofOthers.add("%s: %d rows".formatted(names.get(i), others[i]));
      }
    }
    long there = database.count(Sql.of(from).and(belongs));
    if (there != entry.rows()) {
      missing.add("%s: %d rows there, %d in the dump".formatted(table.name(), there, entry.rows()));
    }
  }

  private void count(String from, String key, List<String> some, List<Sql> wrong, long[] others)
      throws SQLException {
    for (int i = 0; i < others.length; i++) {
      others[i] +=
          database.count(
              Sql.of(from).and(Sql.in(key, some)).and(Sql.of(" AND ")).and(wrong.get(i)));
    }
  }
}
