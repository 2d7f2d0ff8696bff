package dev.slipway.local.data.mongo;

import dev.slipway.local.data.dump.DataTrouble;
import dev.slipway.local.data.dump.DumpFolder;
import dev.slipway.local.data.dump.HashedFile;
import dev.slipway.local.data.dump.Manifest;
import dev.slipway.local.data.dump.Progress;
import dev.slipway.local.data.map.DataMap;
import dev.slipway.local.data.map.TableRule;
import dev.slipway.local.data.map.TableRule.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.bson.ByteBuf;
import org.bson.RawBsonDocument;

/** Writes the documents of the groups into files, as they came. */
public final class MongoDump {
  private static final int MOST_NAMED = 20;

  private final Documents documents;
  private final DataMap.Section section;
  private final DumpFolder folder;
  private final Progress progress;

  public MongoDump(
      Documents documents, DataMap.Section section, DumpFolder folder, Progress progress) {
    this.documents = documents;
    this.section = section;
    this.folder = folder;
    this.progress = progress;
  }

  /** Writes all files, and answers their entries. */
  public List<Manifest.Entry> run(Set<String> groups) throws IOException {
    List<Manifest.Entry> entries = new ArrayList<>();
    for (Map.Entry<String, TableRule> each : scoped(documents, section).entrySet()) {
      entries.add(
          folder.whole(each.getKey()).isPresent()
              ? folder.whole(each.getKey()).get()
              : copied(each.getKey(), each.getValue(), groups));
    }
    entries.add(folder.groups(groups));
    return entries;
  }

  /**
   * The collections with documents to copy.
   *
   * @throws DataTrouble {@code table-unknown} if the map does not know one
   */
  static Map<String, TableRule> scoped(Documents documents, DataMap.Section section)
      throws IOException {
    List<String> unknown = new ArrayList<>();
    Map<String, TableRule> scoped = new TreeMap<>();
    for (String collection : documents.collections()) {
      TableRule rule = section.rule(collection).orElse(null);
      if (rule == null || !collection.matches("[\\w.-]{1,120}")) {
        unknown.add(collection);
      } else if (rule.kind() == Kind.SCOPED) {
        if (rule.group() == null || documents.hasUngrouped(collection, rule.group())) {
          throw ungrouped(collection, rule);
        }
        scoped.put(collection, rule);
      }
    }
    if (!unknown.isEmpty()) {
      throw new DataTrouble(
          "table-unknown",
          "The map does not say what becomes of %d collections: %s."
              .formatted(
                  unknown.size(), String.join(", ", unknown.stream().limit(MOST_NAMED).toList())));
    }
    return scoped;
  }

  private static DataTrouble ungrouped(String collection, TableRule rule) {
    return new DataTrouble(
        "table-unknown",
        "The collection %s has documents without %s, so the map does not say whose they are."
            .formatted(collection, rule.group()));
  }

  private Manifest.Entry copied(String collection, TableRule rule, Set<String> groups)
      throws IOException {
    Copy copy = new Copy();
    progress.at(collection, 0, 0, 0);
    try (HashedFile file = new HashedFile(folder.file(collection))) {
      documents.forEach(
          collection,
          rule.group(),
          groups,
          document -> {
            String group = Documents.group(document.get(rule.group()));
            if (group == null) {
              throw ungrouped(collection, rule);
            }
            if (groups.contains(group)) {
              copy.note(document);
              ByteBuf bytes = document.getByteBuffer();
              file.write(bytes.array(), bytes.position(), bytes.remaining());
            }
            if (++copy.read % Progress.EVERY == 0) {
              progress.at(collection, copy.read, copy.rows, file.bytes());
            }
          });
      long bytes = file.bytes();
      Manifest.Entry entry =
          new Manifest.Entry(
              collection,
              Manifest.Holds.ROWS,
              copy.rows,
              bytes,
              copy.first == null ? null : Documents.text(copy.first.get("_id")),
              copy.last == null ? null : Documents.text(copy.last.get("_id")),
              file.complete());
      folder.completed(entry);
      progress.at(collection, copy.read, copy.rows, bytes);
      return entry;
    }
  }

  /** What was copied of a collection until now. */
  private static final class Copy {
    private long read;
    private long rows;
    private RawBsonDocument first;
    private RawBsonDocument last;

    private void note(RawBsonDocument document) {
      first = rows++ == 0 ? document : first;
      last = document;
    }
  }
}
