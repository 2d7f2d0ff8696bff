package dev.slipway.local.data.sql;

import dev.slipway.local.data.dump.DataTrouble;
import dev.slipway.local.data.dump.DumpFolder;
import dev.slipway.local.data.dump.KeySet;
import dev.slipway.local.data.dump.Manifest;
import dev.slipway.local.data.dump.Progress;
import dev.slipway.local.data.dump.RowFile;
import dev.slipway.local.data.dump.RowReader;
import dev.slipway.local.data.dump.RowWriter;
import dev.slipway.local.data.map.Link;
import dev.slipway.local.data.map.TableRule;
import dev.slipway.local.data.map.TableRule.Kind;
import dev.slipway.probe.DataJob;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Writes a tenant's rows into files. Each table is read once, in the order of its key, and filtered
 * as it streams by; of the rows that belong, only keys stay in memory.
 */
final class SqlDump {
  private final SqlDatabase database;
  private final SqlPlan plan;
  private final DataJob job;
  private final DumpFolder folder;
  private final Progress progress;

  /** The keys by which further rows are found, by {@code table.column}. */
  private final Map<String, KeySet> keys = new HashMap<>();

  private final Set<String> organisations;
  private final Set<String> groups = new TreeSet<>();

  SqlDump(SqlDatabase database, SqlPlan plan, DataJob job, DumpFolder folder, Progress progress) {
    this.database = database;
    this.plan = plan;
    this.job = job;
    this.organisations = Set.copyOf(job.organisations());
    this.folder = folder;
    this.progress = progress;
  }

  /** Writes all files, and answers their entries. */
  List<Manifest.Entry> run() throws SQLException, IOException {
    database.snapshot();
    for (SqlTable table : plan.copied()) {
      Stream.concat(table.rule().via().stream(), table.links().stream())
          .forEach(link -> keys.putIfAbsent(link.end(), new KeySet()));
    }
    for (SqlTable table : plan.tables().values()) {
      if (table.rule().kind() == Kind.ROOT) {
        root(table);
      }
    }
    List<Manifest.Entry> entries = new ArrayList<>();
    for (SqlTable table : plan.copied()) {
      progress.expect(table.name(), database.rowsOf(table.name()));
      entries.add(folder.whole(table.name()).isPresent() ? known(table) : copied(table));
    }
    for (SqlTable table : plan.tables().values()) {
      if (table.rule().kind() == Kind.REFERENCE && used(table).size() > 0) {
        entries.add(reference(table));
      }
    }
    entries.add(folder.groups(groups));
    return entries;
  }

  private void root(SqlTable table) throws SQLException {
    TableRule rule = table.rule();
    List<String> found = new ArrayList<>();
    database.query(
        Sql.of(
            "SELECT %s FROM %s WHERE %s = ?"
                .formatted(Sql.name(rule.key()), Sql.name(table.name()), Sql.name(rule.tenant())),
            job.tenant()),
        row -> found.add(row.getString(1)));
    if (found.size() != 1) {
      throw new DataTrouble(
          "tenant-unknown",
          "%s has %d rows of the tenant %s.".formatted(table.name(), found.size(), job.tenant()));
    }
    keys.computeIfAbsent(table.name() + "." + rule.key(), unknown -> new KeySet())
        .add(found.getFirst());
  }

  /** The value of a row's column, by the column's name. */
  @FunctionalInterface
  private interface Values<E extends Exception> {
    String of(String column) throws E;
  }

  private Manifest.Entry copied(SqlTable table) throws SQLException, IOException {
    TableRule rule = table.rule();
    List<String> looked = looked(table);
    List<Kept> kept = kept(table);
    long read = 0;
    long rows = 0;
    String first = null;
    String last = null;
    progress.at(table.name(), 0, 0, 0);
    try (Statement statement = database.streaming();
        ResultSet row = statement.executeQuery(select(table, looked));
        RowWriter writer = new RowWriter(folder.file(table.name()), table.inFile())) {
      Values<SQLException> values = column -> row.getString(looked.indexOf(column) + 1);
      while (row.next()) {
        read++;
        if (belongs(rule, values)) {
          collect(rule, kept, values);
          last = values.of(rule.key());
          first = rows++ == 0 ? last : first;
          write(table, row, looked.size(), writer);
        }
        if (read % Progress.EVERY == 0) {
          progress.at(table.name(), read, rows, writer.bytes());
        }
      }
      long bytes = writer.bytes();
      String hash = writer.complete();
      Manifest.Entry entry =
          new Manifest.Entry(table.name(), Manifest.Holds.ROWS, rows, bytes, first, last, hash);
      folder.completed(entry);
      progress.at(table.name(), read, rows, bytes);
      return entry;
    }
  }

  /** The columns that decide, which stand first in each row that is read. */
  private List<String> looked(SqlTable table) {
    TableRule rule = table.rule();
    Set<String> columns = new LinkedHashSet<>(List.of(rule.key()));
    Stream.of(rule.tenant(), rule.scope(), rule.group())
        .filter(column -> column != null)
        .forEach(columns::add);
    Stream.concat(rule.via().stream(), table.links().stream())
        .forEach(
            link -> {
              columns.add(link.column());
              if (link.whenColumn() != null) {
                columns.add(link.whenColumn());
              }
            });
    keys.keySet().stream()
        .filter(end -> end.startsWith(table.name() + "."))
        .forEach(end -> columns.add(end.substring(table.name().length() + 1)));
    return List.copyOf(columns);
  }

  private static String select(SqlTable table, List<String> looked) {
    List<String> columns = new ArrayList<>(looked);
    table.columns().stream()
        .filter(column -> column.constant() == null)
        .forEach(column -> columns.add(column.name()));
    return "SELECT %s FROM %s ORDER BY %s"
        .formatted(
            String.join(",", columns.stream().map(Sql::name).toList()),
            Sql.name(table.name()),
            Sql.name(table.rule().key()));
  }

  private <E extends Exception> boolean belongs(TableRule rule, Values<E> values) throws E {
    if (rule.tenant() != null && !job.tenant().equals(values.of(rule.tenant()))) {
      return false;
    }
    if (rule.scope() != null
        && !organisations.isEmpty()
        && !organisations.contains(values.of(rule.scope()))) {
      return false;
    }
    for (Link link : rule.via()) {
      if (holds(link, values) && keys.get(link.end()).contains(values.of(link.column()))) {
        return true;
      }
    }
    return rule.via().isEmpty();
  }

  private static <E extends Exception> boolean holds(Link link, Values<E> values) throws E {
    return link.whenColumn() == null || link.whenValue().equals(values.of(link.whenColumn()));
  }

  /** A column whose values are kept, of the rows that belong. */
  private record Kept(Link link, String column, KeySet keys) {}

  private List<Kept> kept(SqlTable table) {
    List<Kept> kept = new ArrayList<>();
    keys.forEach(
        (end, set) -> {
          if (end.startsWith(table.name() + ".")) {
            kept.add(new Kept(null, end.substring(table.name().length() + 1), set));
          }
        });
    table.links().stream()
        .filter(this::isReference)
        .forEach(link -> kept.add(new Kept(link, link.column(), keys.get(link.end()))));
    return kept;
  }

  private <E extends Exception> void collect(TableRule rule, List<Kept> kept, Values<E> values)
      throws E {
    for (Kept each : kept) {
      if (each.link() == null || holds(each.link(), values)) {
        each.keys().add(values.of(each.column()));
      }
    }
    if (rule.group() != null) {
      groups.add(values.of(rule.group()));
    }
  }

  private boolean isReference(Link link) {
    SqlTable other = plan.tables().get(link.table());
    return other.rule().kind() == Kind.REFERENCE;
  }

  private static void write(SqlTable table, ResultSet row, int before, RowWriter writer)
      throws SQLException, IOException {
    writer.begin();
    int index = before;
    for (SqlTable.Column column : table.columns()) {
      if (column.constant() != null) {
        writer.value(column.constant().getBytes(StandardCharsets.UTF_8));
      } else {
        writer.value(SqlDatabase.value(row, ++index, column));
      }
    }
    writer.end();
  }

  /** What an earlier start wrote: its keys are read from the file. */
  private Manifest.Entry known(SqlTable table) throws IOException {
    try (RowReader reader = new RowReader(folder.file(table.name()))) {
      List<RowFile.Column> columns = reader.columns();
      List<Kept> kept = kept(table);
      for (byte[][] row = reader.next(); row != null; row = reader.next()) {
        byte[][] values = row;
        collect(
            table.rule(), kept, column -> RowReader.text(values[RowFile.index(columns, column)]));
      }
    }
    return folder.whole(table.name()).orElseThrow();
  }

  private KeySet used(SqlTable table) {
    return keys.getOrDefault(table.name() + "." + table.rule().key(), new KeySet());
  }

  /** The names by which the target's own rows are found. */
  private Manifest.Entry reference(SqlTable table) throws SQLException, IOException {
    TableRule rule = table.rule();
    KeySet used = used(table);
    List<RowFile.Column> columns =
        List.of(new RowFile.Column(rule.key(), false), new RowFile.Column(rule.match(), false));
    long rows = 0;
    String first = null;
    String last = null;
    try (Statement statement = database.streaming();
        ResultSet row =
            statement.executeQuery(
                "SELECT %s, %s FROM %s ORDER BY 1"
                    .formatted(
                        Sql.name(rule.key()), Sql.name(rule.match()), Sql.name(table.name())));
        RowWriter writer = new RowWriter(folder.file(table.name()), columns)) {
      while (row.next()) {
        if (used.contains(row.getString(1))) {
          last = row.getString(1);
          first = rows++ == 0 ? last : first;
          writer.begin();
          writer.value(last.getBytes(StandardCharsets.UTF_8));
          writer.value(row.getString(2).getBytes(StandardCharsets.UTF_8));
          writer.end();
        }
      }
      long bytes = writer.bytes();
      return new Manifest.Entry(
          table.name(), Manifest.Holds.REFERENCE, rows, bytes, first, last, writer.complete());
    }
  }
}
