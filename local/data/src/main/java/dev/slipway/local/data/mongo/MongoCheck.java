package dev.slipway.local.data.mongo;

import dev.slipway.local.data.dump.DataTrouble;
import dev.slipway.local.data.dump.DumpFolder;
import dev.slipway.local.data.dump.KeySet;
import dev.slipway.local.data.dump.Manifest;
import dev.slipway.local.data.dump.Progress;
import dev.slipway.local.data.map.Link;
import dev.slipway.local.data.map.TableRule;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.bson.codecs.BsonDocumentCodec;

/**
 * Looks at a dump for what must not be, decoding each document whole where the dump looked at one
 * field: references into another group or to nowhere, documents of other groups, and documents that
 * are missing.
 */
final class MongoCheck {
  private static final int AT_ONCE = 10_000;

  private final Documents documents;
  private final Map<String, TableRule> rules;
  private final Set<String> groups;
  private final DumpFolder folder;
  private final Progress progress;

  /** What documents may refer to: group and value, by {@code collection.field}. */
  private final Map<String, KeySet> keys = new HashMap<>();

  private final List<String> leaving = new ArrayList<>();
  private final List<String> ofOthers = new ArrayList<>();
  private final List<String> missing = new ArrayList<>();
  private long references;

  MongoCheck(
      Documents documents,
      Map<String, TableRule> rules,
      Set<String> groups,
      DumpFolder folder,
      Progress progress) {
    this.documents = documents;
    this.rules = rules;
    this.groups = groups;
    this.folder = folder;
    this.progress = progress;
  }

  /**
   * Checks the dump.
   *
   * @return the number of references that were followed
   * @throws DataTrouble that names collections and counts
   */
  long run(Manifest manifest) throws IOException {
    rules
        .values()
        .forEach(rule -> rule.also().forEach(link -> keys.putIfAbsent(link.end(), new KeySet())));
    for (Manifest.Entry entry : manifest.copied()) {
      each(entry, document -> collect(entry.table(), document));
    }
    for (Manifest.Entry entry : manifest.copied()) {
      TableRule rule = rules.get(entry.table());
      progress.expect(entry.table(), entry.rows());
      progress.at(entry.table(), 0, 0, 0);
      closed(entry, rule);
      alone(entry, rule);
      progress.at(entry.table(), entry.rows(), entry.rows(), entry.bytes());
    }
    complain("reference-leaves", "References leave the dump or their group", leaving);
    complain("rows-of-others", "The dump has documents of others", ofOthers);
    complain("rows-missing", "The source and the dump differ", missing);
    return references;
  }

  private static void complain(String kind, String what, List<String> found) {
    if (!found.isEmpty()) {
      throw new DataTrouble(kind, what + ": " + String.join("; ", found) + ".");
    }
  }

  /** Hears of a document. */
  @FunctionalInterface
  private interface Decoded {
    void at(BsonDocument document) throws IOException;
  }

  private void each(Manifest.Entry entry, Decoded each) throws IOException {
    BsonDocumentCodec codec = new BsonDocumentCodec();
    BsonFiles.read(folder.file(entry.table()), raw -> each.at(raw.decode(codec)));
  }

  private void collect(String collection, BsonDocument document) {
    String group = Documents.group(document.get(rules.get(collection).group()));
    keys.forEach(
        (end, set) -> {
          if (end.startsWith(collection + ".")) {
            BsonValue value = document.get(end.substring(collection.length() + 1));
            if (value != null) {
              set.add(group + "/" + Documents.text(value));
            }
          }
        });
  }

  private void closed(Manifest.Entry entry, TableRule rule) throws IOException {
    long[] left = new long[rule.also().size()];
    long[] others = {0};
    each(
        entry,
        document -> {
          String group = Documents.group(document.get(rule.group()));
          others[0] += group == null || !groups.contains(group) ? 1 : 0;
          for (int i = 0; i < left.length; i++) {
            Link link = rule.also().get(i);
            BsonValue value = document.get(link.column());
            if (value != null && !value.isNull()) {
              references++;
              left[i] += keys.get(link.end()).contains(group + "/" + Documents.text(value)) ? 0 : 1;
            }
          }
        });
    for (int i = 0; i < left.length; i++) {
      if (left[i] > 0) {
        Link link = rule.also().get(i);
        leaving.add(
            "%s.%s -> %s: %d documents"
                .formatted(entry.table(), link.column(), link.end(), left[i]));
      }
    }
    if (others[0] > 0) {
      ofOthers.add("%s: %d documents in the file".formatted(entry.table(), others[0]));
    }
  }

  private void alone(Manifest.Entry entry, TableRule rule) throws IOException {
    List<BsonValue> some = new ArrayList<>();
    long[] counts = {0, 0};
    each(
        entry,
        document -> {
          some.add(document.get("_id"));
          if (some.size() == AT_ONCE) {
            counts[0] += documents.ofOthers(entry.table(), rule.group(), groups, some);
            counts[1] += some.size();
            progress.at(entry.table(), counts[1], counts[1], 0);
            some.clear();
          }
        });
    if (!some.isEmpty()) {
      counts[0] += documents.ofOthers(entry.table(), rule.group(), groups, some);
    }
    if (counts[0] > 0) {
      ofOthers.add("%s: %d documents".formatted(entry.table(), counts[0]));
    }
    long there = documents.count(entry.table(), rule.group(), groups);
    if (there != entry.rows()) {
      missing.add(
          "%s: %d documents there, %d in the dump".formatted(entry.table(), there, entry.rows()));
    }
  }
}
