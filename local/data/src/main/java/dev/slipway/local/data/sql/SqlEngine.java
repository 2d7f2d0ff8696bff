package dev.slipway.local.data.sql;

import dev.slipway.local.data.dump.DataTrouble;
import dev.slipway.local.data.dump.DumpFolder;
import dev.slipway.local.data.dump.Engine;
import dev.slipway.local.data.dump.Facts;
import dev.slipway.local.data.dump.Manifest;
import dev.slipway.local.data.dump.Progress;
import dev.slipway.local.data.map.DataMap;
import dev.slipway.local.data.map.Link;
import dev.slipway.local.data.objects.Buckets;
import dev.slipway.local.data.objects.ObjectDump;
import dev.slipway.local.data.objects.ObjectLoad;
import dev.slipway.probe.DataJob;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The jobs on a MySQL or MariaDB. */
public final class SqlEngine implements Engine {
  /** The bytes that are read, written and read again in a minute; carefully guessed. */
  private static final long BYTES_A_MINUTE = 600_000_000;

  /** Objects that are looked for, or copied, in a minute; carefully guessed. */
  private static final long OBJECTS_A_MINUTE = 3000;

  private final SqlDatabase database;
  private final Buckets buckets;
  private final DataMap.Section section;
  private final DataJob job;
  private final DumpFolder folder;
  private final Progress progress;

  /**
   * @param database the job's side
   * @param buckets that the job needs, for the files that rows name
   */
  public SqlEngine(
      SqlDatabase database,
      Buckets buckets,
      DataMap.Section section,
      DataJob job,
      DumpFolder folder,
      Progress progress) {
    this.database = database;
    this.buckets = buckets;
    this.section = section;
    this.job = job;
    this.folder = folder;
    this.progress = progress;
  }

  @Override
  public Map<String, String> survey() throws SQLException, IOException {
    database.snapshot();
    SqlPlan plan = plan();
    List<String> counts = new ArrayList<>();
    long organisations = 0;
    long users = 0;
    long shared = 0;
    long rows = 0;
    long bytes = 0;
    for (SqlTable table : plan.copied()) {
      Sql belongs = scope(plan).belongs(table, "t");
      String from = "SELECT COUNT(*) FROM %s t WHERE ".formatted(Sql.name(table.name()));
      long count = database.count(Sql.of(from).and(belongs));
      organisations += table.rule().scope() == null ? 0 : count;
      for (Link link : table.rule().via()) {
        if (link.backward()) {
          users += count;
          shared +=
              database.count(
                  Sql.of(from)
                      .and(belongs)
                      .and(Sql.of(" AND "))
                      .and(scope(plan).leadsAway(link, "t")));
        }
      }
      rows += count;
      bytes += count * database.bytesOfRow(table.name());
      counts.add(table.name() + " " + count);
      progress.at(table.name(), count, count, bytes);
    }
    Facts facts =
        new Facts()
            .with("organisations", organisations)
            .with("users", users)
            .with("sharedUsers", shared)
            .with("rows", rows)
            .with("bytes", bytes)
            .with("freeBytes", folder.freeBytes())
            .counts(counts);
    try (ObjectDump objects = new ObjectDump(buckets, folder, progress)) {
      for (SqlTable table : withFiles(plan)) {
        count(plan, table, objects);
      }
      long minutes =
          1 + (bytes + objects.bytes()) / BYTES_A_MINUTE + objects.objects() / OBJECTS_A_MINUTE;
      facts.with("minutes", minutes);
      return (section.buckets().isEmpty() ? facts : objects.told(facts)).all();
    }
  }

  private static List<SqlTable> withFiles(SqlPlan plan) {
    return plan.copied().stream().filter(table -> !table.rule().files().isEmpty()).toList();
  }

  private void count(SqlPlan plan, SqlTable table, ObjectDump objects)
      throws SQLException, IOException {
    List<String> columns =
        table.rule().files().stream().flatMap(file -> file.columns().stream()).distinct().toList();
    Sql query =
        Sql.of(
                "SELECT %s FROM %s t WHERE "
                    .formatted(
                        String.join(",", columns.stream().map(Sql::name).toList()),
                        Sql.name(table.name())))
            .and(scope(plan).belongs(table, "t"));
    try (ObjectDump.Counting counting = objects.count(table.name(), table.rule().files())) {
      database.stream(
          query,
          row -> {
            Map<String, String> values = new HashMap<>();
            for (String column : columns) {
              values.put(column, row.getString(columns.indexOf(column) + 1));
            }
            try {
              counting.row(values::get);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    }
  }

  @Override
  public Map<String, String> dump() throws SQLException, IOException {
    SqlPlan plan = plan();
    folder.begin(job);
    List<Manifest.Entry> entries =
        new ArrayList<>(new SqlDump(database, plan, job, folder, progress).run());
    Facts facts = new Facts();
    try (ObjectDump objects = new ObjectDump(buckets, folder, progress)) {
      for (SqlTable table : withFiles(plan)) {
        entries.add(objects.list(table.name(), table.rule().files()));
      }
      if (!section.buckets().isEmpty()) {
        objects.told(facts);
      }
    }
    Manifest manifest = Manifest.of(job, entries);
    return facts.with("manifest", folder.seal(manifest)).with(manifest).all();
  }

  @Override
  public Map<String, String> check() throws SQLException, IOException {
    Manifest manifest = required();
    database.snapshot();
    long references = new SqlCheck(database, plan(), job, folder, progress).run(manifest);
    return new Facts()
        .with("manifest", job.manifest().orElseThrow())
        .with("rows", manifest.rows())
        .with("references", references)
        .with("leaving", 0)
        .with("ofOthers", 0)
        .all();
  }

  @Override
  public Map<String, String> load() throws SQLException, IOException {
    Manifest manifest = required();
    SqlLoad load = load(manifest);
    load.load();
    try (ObjectLoad objects = new ObjectLoad(buckets, folder, progress)) {
      for (ObjectLoad.Table table : tables(manifest, load)) {
        objects.load(table);
      }
    }
    return loaded(manifest).all();
  }

  @Override
  public Map<String, String> compare() throws SQLException, IOException {
    Manifest manifest = required();
    DumpFolder.Loaded loaded =
        folder
            .loaded()
            .orElseThrow(() -> new DataTrouble("not-loaded", "Nothing was loaded from here."));
    SqlLoad load = load(manifest);
    new SqlCompare(database, plan(), load.target(loaded), folder, progress)
        .run(manifest, job.target().orElseThrow());
    try (ObjectLoad objects = new ObjectLoad(buckets, folder, progress)) {
      for (ObjectLoad.Table table : tables(manifest, load)) {
        objects.compare(table);
      }
    }
    return loaded(manifest).all();
  }

  @Override
  public Map<String, String> undo() throws SQLException, IOException {
    Manifest manifest = required();
    SqlLoad load = load(manifest);
    Facts facts = new Facts().with("manifest", job.manifest().orElseThrow());
    if (folder.loaded().isPresent() && !manifest.lists().isEmpty()) {
      long deleted = 0;
      try (ObjectLoad objects = new ObjectLoad(buckets, folder, progress)) {
        for (ObjectLoad.Table table : tables(manifest, load)) {
          deleted += objects.undo(table);
        }
      }
      facts.with("objectsDeleted", deleted);
    }
    return facts.with("deleted", load.undo()).all();
  }

  /** The tables whose rows name objects, as they are in the target. */
  private List<ObjectLoad.Table> tables(Manifest manifest, SqlLoad load)
      throws SQLException, IOException {
    SqlTarget target = load.target(folder.loaded().orElseThrow());
    List<ObjectLoad.Table> tables = new ArrayList<>();
    for (Manifest.Entry entry : manifest.copied()) {
      SqlTable table = target.table(entry.table());
      if (!table.rule().files().isEmpty()) {
        tables.add(
            new ObjectLoad.Table(
                table.name(),
                table.rule().files(),
                (columns, row) -> target.moved(table, columns, row)));
      }
    }
    return tables;
  }

  /**
   * In the tables of a connector's framework (maestrano-connector-rails, {@code db/migrate}), of
   * which no index is unique over uid and tenant.
   */
  @Override
  public Map<String, String> collisions() throws SQLException {
    String to = job.target().orElseThrow();
    List<String> uids = job.organisations();
    Sql ofScope = uids.isEmpty() ? Sql.of("") : Sql.of(" AND ").and(Sql.in("uid", uids));
    Sql usersOfScope =
        uids.isEmpty()
            ? Sql.of("")
            : Sql.of(
                    " AND u.id IN (SELECT r.user_id FROM user_organization_rels r"
                        + " JOIN organizations g ON g.id = r.organization_id"
                        + " WHERE g.tenant = ? AND ",
                    job.tenant())
                .and(Sql.in("g.uid", uids))
                .and(Sql.of(")"));
    database.snapshot();
    long organizations =
        database.count(
            Sql.of(
                    "SELECT COUNT(*) FROM (SELECT uid FROM organizations WHERE tenant IN (?, ?)",
                    job.tenant(),
                    to)
                .and(ofScope)
                .and(Sql.of(" GROUP BY uid HAVING COUNT(*) > 1) twice")));
    long users =
        database.count(
            Sql.of(
                    "SELECT COUNT(DISTINCT u.uid) FROM users u"
                        + " JOIN users o ON o.uid = u.uid AND o.tenant = ? WHERE u.tenant = ?",
                    to,
                    job.tenant())
                .and(usersOfScope));
    return new Facts().with("organizations", organizations).with("users", users).all();
  }

  private Facts loaded(Manifest manifest) {
    return new Facts().with("manifest", job.manifest().orElseThrow()).with(manifest);
  }

  private SqlPlan plan() throws SQLException {
    return SqlPlan.of(section, database);
  }

  private SqlScope scope(SqlPlan plan) {
    return new SqlScope(plan, job.tenant(), job.organisations());
  }

  private SqlLoad load(Manifest manifest) throws SQLException {
    return new SqlLoad(database, plan(), job.target().orElseThrow(), manifest, folder, progress);
  }

  private Manifest required() throws IOException {
    return folder.require(job.manifest().orElseThrow());
  }
}
