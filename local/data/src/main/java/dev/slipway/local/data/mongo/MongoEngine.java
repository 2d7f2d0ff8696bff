package dev.slipway.local.data.mongo;

import dev.slipway.local.data.dump.DataTrouble;
import dev.slipway.local.data.dump.DumpFolder;
import dev.slipway.local.data.dump.Engine;
import dev.slipway.local.data.dump.Facts;
import dev.slipway.local.data.dump.Manifest;
import dev.slipway.local.data.dump.Progress;
import dev.slipway.local.data.map.DataMap;
import dev.slipway.local.data.map.TableRule;
import dev.slipway.probe.DataJob;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The jobs on a MongoDB, and on the files of {@code mongodump} as a source. */
public final class MongoEngine implements Engine {
  /** Whose dump names the groups. */
  private static final String HUB = "mnohub";

  private final Documents documents;
  private final DataMap.Section section;
  private final DataJob job;
  private final DumpFolder folder;
  private final Progress progress;

  /**
   * @param documents of the job's side
   */
  public MongoEngine(
      Documents documents,
      DataMap.Section section,
      DataJob job,
      DumpFolder folder,
      Progress progress) {
    this.documents = documents;
    this.section = section;
    this.job = job;
    this.folder = folder;
    this.progress = progress;
  }

  @Override
  public Map<String, String> survey() throws IOException {
    Set<String> groups = groupsOfHub();
    long rows = 0;
    List<String> counts = new ArrayList<>();
    for (Map.Entry<String, TableRule> each : MongoDump.scoped(documents, section).entrySet()) {
      long count = documents.count(each.getKey(), each.getValue().group(), groups);
      rows += count;
      counts.add(each.getKey() + " " + count);
      progress.at(each.getKey(), count, count, 0);
    }
    return new Facts()
        .with("groups", groups.size())
        .with("rows", rows)
        .with("freeBytes", folder.freeBytes())
        .counts(counts)
        .all();
  }

  @Override
  public Map<String, String> dump() throws IOException {
    Set<String> groups = groupsOfHub();
    folder.begin(job);
    Manifest manifest =
        Manifest.of(job, new MongoDump(documents, section, folder, progress).run(groups));
    return new Facts().with("manifest", folder.seal(manifest)).with(manifest).all();
  }

  private Set<String> groupsOfHub() throws IOException {
    DumpFolder hub = folder.beside(HUB);
    hub.require(
        job.manifest()
            .orElseThrow(
                () ->
                    new DataTrouble(
                        "manifest-missing", "The job does not name the dump with the groups.")));
    return new HashSet<>(hub.groups());
  }

  @Override
  public Map<String, String> check() throws IOException {
    Manifest manifest = required();
    long references =
        new MongoCheck(documents, rules(manifest), groups(), folder, progress).run(manifest);
    return new Facts()
        .with("manifest", job.manifest().orElseThrow())
        .with("rows", manifest.rows())
        .with("references", references)
        .with("leaving", 0)
        .with("ofOthers", 0)
        .all();
  }

  @Override
  public Map<String, String> load() throws IOException {
    Manifest manifest = required();
    load(manifest).load(manifest);
    return loaded(manifest);
  }

  @Override
  public Map<String, String> compare() throws IOException {
    Manifest manifest = required();
    load(manifest).compare(manifest);
    return loaded(manifest);
  }

  @Override
  public Map<String, String> undo() throws IOException {
    Manifest manifest = required();
    return new Facts()
        .with("manifest", job.manifest().orElseThrow())
        .with("deleted", load(manifest).undo(manifest))
        .all();
  }

  @Override
  public Map<String, String> collisions() {
    throw new DataTrouble("engine-wrong", "No tenant is renamed in a MongoDB.");
  }

  private Map<String, String> loaded(Manifest manifest) {
    return new Facts().with("manifest", job.manifest().orElseThrow()).with(manifest).all();
  }

  private MongoLoad load(Manifest manifest) throws IOException {
    if (documents instanceof LiveDocuments target) {
      return new MongoLoad(target, rules(manifest), groups(), folder, progress);
    }
    throw new DataTrouble("address-wrong", "The target must be a server, and no folder.");
  }

  private Map<String, TableRule> rules(Manifest manifest) {
    Map<String, TableRule> rules = new HashMap<>();
    manifest
        .copied()
        .forEach(entry -> rules.put(entry.table(), section.rule(entry.table()).orElseThrow()));
    return rules;
  }

  private Set<String> groups() throws IOException {
    return new HashSet<>(folder.groups());
  }

  private Manifest required() throws IOException {
    return folder.require(job.manifest().orElseThrow());
  }
}
