package dev.slipway.local.data.objects;

import dev.slipway.local.data.dump.DataTrouble;
import dev.slipway.local.data.dump.DumpFolder;
import dev.slipway.local.data.dump.Facts;
import dev.slipway.local.data.dump.KeySet;
import dev.slipway.local.data.dump.Manifest;
import dev.slipway.local.data.dump.Progress;
import dev.slipway.local.data.dump.RowFile;
import dev.slipway.local.data.dump.RowReader;
import dev.slipway.local.data.dump.RowWriter;
import dev.slipway.local.data.map.KeyTemplate;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Looks in the source's buckets for the objects that rows name: counts them for a survey, lists
 * them for a dump. None is copied yet.
 */
public final class ObjectDump implements AutoCloseable {
  private final Buckets buckets;
  private final DumpFolder folder;
  private final Progress progress;
  private final Workers workers = new Workers();

  /** What rows have named until now. */
  private final KeySet seen = new KeySet();

  private long objects;
  private long bytes;
  private long missing;

  public ObjectDump(Buckets buckets, DumpFolder folder, Progress progress) {
    this.buckets = buckets;
    this.folder = folder;
    this.progress = progress;
  }

  /** An object that a row names. */
  private record Named(String bucket, String key) {}

  /** Takes the rows of a table, one by one. */
  public final class Counting implements AutoCloseable {
    private final List<KeyTemplate> templates;
    private final Batches<Named> batches;

    private Counting(String table, List<KeyTemplate> templates) {
      this.templates = templates;
      this.batches =
          new Batches<>(
              batch -> {
                looked(batch);
                progress.at(ObjectList.of(table), objects + missing, objects, bytes);
              });
    }

    /** Counts what a row names. */
    public void row(UnaryOperator<String> values) throws IOException {
      name(templates, values, batches);
    }

    @Override
    public void close() throws IOException {
      batches.end();
    }
  }

  /** Counts the objects that a table's rows name. */
  public Counting count(String table, List<KeyTemplate> templates) {
    return new Counting(table, templates);
  }

  private static void name(
      List<KeyTemplate> templates, UnaryOperator<String> values, Batches<Named> batches)
      throws IOException {
    for (KeyTemplate template : templates) {
      Optional<String> key = template.key(values);
      if (key.isPresent()) {
        batches.add(new Named(template.bucket(), key.get()));
      }
    }
  }

  /** Lists the objects that a table's rows in the dump name, or takes the list as it is whole. */
  public Manifest.Entry list(String table, List<KeyTemplate> templates) throws IOException {
    String list = ObjectList.of(table);
    Optional<Manifest.Entry> whole = folder.whole(list);
    if (whole.isPresent()) {
      known(list);
      return whole.get();
    }
    long before = objects;
    long bytesBefore = bytes;
    long[] read = {0};
    progress.at(list, 0, 0, 0);
    try (RowReader rows = new RowReader(folder.file(table));
        RowWriter writer = ObjectList.writer(folder.file(list))) {
      Batches<Named> batches =
          new Batches<>(
              batch -> {
                for (Listed listed : looked(batch)) {
                  ObjectList.write(writer, listed);
                }
                read[0] += batch.size();
                progress.at(list, read[0], objects - before, bytes - bytesBefore);
              });
      List<RowFile.Column> columns = rows.columns();
      for (byte[][] row = rows.next(); row != null; row = rows.next()) {
        byte[][] values = row;
        name(templates, column -> RowReader.text(values[RowFile.index(columns, column)]), batches);
      }
      batches.end();
      Manifest.Entry entry =
          new Manifest.Entry(
              list,
              Manifest.Holds.OBJECTS,
              objects - before,
              bytes - bytesBefore,
              null,
              null,
              writer.complete());
      folder.completed(entry);
      return entry;
    }
  }

  private void known(String list) throws IOException {
    try (RowReader reader = new RowReader(folder.file(list))) {
      for (Listed each = ObjectList.read(reader); each != null; each = ObjectList.read(reader)) {
        seen.add(name(each.bucket(), each.key()));
        note(each);
      }
    }
  }

  private static String name(String bucket, String key) {
    return bucket + "/" + key;
  }

  private void note(Listed listed) {
    if (listed.isThere()) {
      objects++;
      bytes += listed.object().size();
    }
    missing += listed.state() == Listed.State.MISSING ? 1 : 0;
  }

  private List<Listed> looked(List<Named> batch) throws IOException {
    List<Named> first = new ArrayList<>();
    for (Named each : batch) {
      String name = name(each.bucket(), each.key());
      if (!seen.contains(name)) {
        seen.add(name);
        first.add(each);
      }
    }
    List<Listed> found = new ArrayList<>(workers.all(first, this::listed));
    List<Listed> all = new ArrayList<>();
    for (Named each : batch) {
      boolean isNext = !first.isEmpty() && first.getFirst().equals(each);
      if (isNext) {
        first.removeFirst();
      }
      Listed listed =
          isNext
              ? found.removeFirst()
              : new Listed(each.bucket(), each.key(), Listed.State.AGAIN, null);
      note(listed);
      all.add(listed);
    }
    return all;
  }

  private Listed listed(Named named) throws IOException {
    Optional<StoredObject> found = buckets.source(named.bucket()).find(named.key());
    if (found.isPresent() && found.get().size() > Bucket.LARGEST) {
      throw new DataTrouble(
          "object-too-large",
          "An object in "
              + named.bucket()
              + "-source has more than 5 GiB, and one request copies no more: copy it by hand, and"
              + " leave it out of the map.",
          named.key());
    }
    return new Listed(
        named.bucket(),
        named.key(),
        found.isPresent() ? Listed.State.THERE : Listed.State.MISSING,
        found.orElse(null));
  }

  /** How many objects there are. */
  public long objects() {
    return objects;
  }

  /** Their bytes. */
  public long bytes() {
    return bytes;
  }

  /** Adds what was counted. */
  public Facts told(Facts facts) {
    return facts
        .with("objects", objects)
        .with("objectBytes", bytes)
        .with("objectsMissing", missing);
  }

  @Override
  public void close() {
    workers.close();
  }
}
