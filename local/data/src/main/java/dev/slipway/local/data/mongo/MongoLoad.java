package dev.slipway.local.data.mongo;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import dev.slipway.local.data.dump.DataTrouble;
import dev.slipway.local.data.dump.DumpFolder;
import dev.slipway.local.data.dump.Manifest;
import dev.slipway.local.data.dump.Progress;
import dev.slipway.local.data.map.TableRule;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;

/** Writes a dump's documents into the target, compares them there, and deletes them again. */
final class MongoLoad {
  private static final int AT_ONCE = 1000;

  private final LiveDocuments target;
  private final Map<String, TableRule> rules;
  private final Set<String> groups;
  private final DumpFolder folder;
  private final Progress progress;

  /**
   * @param rules of the dump's collections
   */
  MongoLoad(
      LiveDocuments target,
      Map<String, TableRule> rules,
      Set<String> groups,
      DumpFolder folder,
      Progress progress) {
    this.target = target;
    this.rules = rules;
    this.groups = groups;
    this.folder = folder;
    this.progress = progress;
  }

  /** Hears of some documents, by their ids. */
  @FunctionalInterface
  private interface Some {
    void at(Map<BsonValue, RawBsonDocument> documents);
  }

  private void each(Manifest.Entry entry, Some each) throws IOException {
    Map<BsonValue, RawBsonDocument> some = new LinkedHashMap<>();
    long[] read = {0};
    progress.expect(entry.table(), entry.rows());
    progress.at(entry.table(), 0, 0, 0);
    BsonFiles.read(
        folder.file(entry.table()),
        document -> {
          some.put(document.get("_id"), document);
          if (some.size() == AT_ONCE) {
            each.at(some);
            read[0] += some.size();
            some.clear();
            progress.at(entry.table(), read[0], read[0], 0);
          }
        });
    if (!some.isEmpty()) {
      each.at(some);
    }
    progress.at(entry.table(), entry.rows(), entry.rows(), entry.bytes());
  }

  /** Loads all collections; goes on where an earlier start was stopped. */
  void load(Manifest manifest) throws IOException {
    Optional<DumpFolder.Loaded> earlier = folder.loaded();
    DumpFolder.Loaded loaded = earlier.orElseGet(() -> DumpFolder.Loaded.none(Map.of()));
    if (earlier.isEmpty()) {
      requireEmpty(manifest);
      folder.loaded(loaded);
    }
    for (Manifest.Entry entry : manifest.copied()) {
      if (!loaded.whole().contains(entry.table())) {
        each(entry, documents -> insert(entry.table(), documents, earlier.isPresent()));
        loaded = loaded.with(entry.table());
        folder.loaded(loaded);
      }
    }
  }

  private void requireEmpty(Manifest manifest) {
    for (Manifest.Entry entry : manifest.copied()) {
      long there = target.count(entry.table(), rules.get(entry.table()).group(), groups);
      if (there > 0) {
        throw new DataTrouble(
            "target-not-empty",
            "The target has %d documents of the groups in %s already."
                .formatted(there, entry.table()));
      }
    }
  }

  private void insert(
      String collection, Map<BsonValue, RawBsonDocument> documents, boolean goesOn) {
    Set<BsonValue> there = new HashSet<>();
    if (goesOn) {
      target
          .collection(collection)
          .find(Filters.in("_id", documents.keySet()))
          .projection(Projections.include("_id"))
          .forEach(document -> there.add(document.get("_id")));
    }
    List<RawBsonDocument> missing = new ArrayList<>();
    documents.forEach(
        (id, document) -> {
          if (!there.contains(id)) {
            missing.add(document);
          }
        });
    if (!missing.isEmpty()) {
      target.collection(collection).insertMany(missing);
    }
  }

  /**
   * Compares all collections.
   *
   * @throws DataTrouble {@code counts-differ}, with collections and counts
   */
  void compare(Manifest manifest) throws IOException {
    List<String> differing = new ArrayList<>();
    for (Manifest.Entry entry : manifest.copied()) {
      long[] same = {0};
      each(
          entry,
          documents ->
              target
                  .collection(entry.table())
                  .find(Filters.in("_id", documents.keySet()))
                  .forEach(
                      found -> same[0] += found.equals(documents.get(found.get("_id"))) ? 1 : 0));
      long there = target.count(entry.table(), rules.get(entry.table()).group(), groups);
      if (same[0] != entry.rows() || there != entry.rows()) {
        differing.add(
            "%s: %d in the dump, %d in the target, %d the same"
                .formatted(entry.table(), entry.rows(), there, same[0]));
      }
    }
    if (!differing.isEmpty()) {
      throw new DataTrouble(
          "counts-differ", "The target differs: " + String.join("; ", differing) + ".");
    }
  }

  /** Deletes what was loaded, and answers how many documents. */
  long undo(Manifest manifest) throws IOException {
    if (folder.loaded().isEmpty()) {
      return 0;
    }
    long[] deleted = {0};
    for (Manifest.Entry entry : manifest.copied().reversed()) {
      each(
          entry,
          documents ->
              deleted[0] +=
                  target
                      .collection(entry.table())
                      .deleteMany(Filters.in("_id", documents.keySet()))
                      .getDeletedCount());
    }
    folder.unloaded();
    return deleted[0];
  }
}
