package dev.slipway.local.data.objects;

import dev.slipway.local.data.dump.DataTrouble;
import dev.slipway.local.data.dump.DumpFolder;
import dev.slipway.local.data.dump.HashedFile;
import dev.slipway.local.data.dump.Progress;
import dev.slipway.local.data.dump.RowFile;
import dev.slipway.local.data.dump.RowReader;
import dev.slipway.local.data.map.KeyTemplate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Copies the objects that a dump lists from bucket to bucket, compares them there, and deletes them
 * again. Nothing is overwritten: what is there before its batch begins stops the load. A load that
 * was killed goes on in the batch where it was.
 */
public final class ObjectLoad implements AutoCloseable {
  private final Buckets buckets;
  private final DumpFolder folder;
  private final Progress progress;
  private final Workers workers = new Workers();

  /** Whether the storage copies by itself, with the target's login; else all passes by here. */
  private final AtomicBoolean copiesItself = new AtomicBoolean(true);

  public ObjectLoad(Buckets buckets, DumpFolder folder, Progress progress) {
    this.buckets = buckets;
    this.folder = folder;
    this.progress = progress;
  }

  /** Says how a row of the dump is in the target, where keys may be shifted. */
  @FunctionalInterface
  public interface Moved {
    byte[][] row(List<RowFile.Column> columns, byte[][] row);
  }

  /**
   * A table whose rows name objects.
   *
   * @param moved how its rows are in the target
   */
  public record Table(String name, List<KeyTemplate> files, Moved moved) {}

  /**
   * An object of a list.
   *
   * @param position in the list, from 0
   * @param target its key in the target
   */
  private record Moving(long position, Listed listed, String target) {}

  /** Reads rows and list side by side: the list has the objects in the rows' order. */
  private void each(Table table, Batches.Batch<Moving> batch) throws IOException {
    Batches<Moving> batches = new Batches<>(batch);
    long position = 0;
    try (RowReader rows = new RowReader(folder.file(table.name()));
        RowReader list = new RowReader(folder.file(ObjectList.of(table.name())))) {
      List<RowFile.Column> columns = rows.columns();
      for (byte[][] row = rows.next(); row != null; row = rows.next()) {
        byte[][] here = row;
        byte[][] there = table.moved().row(columns, row);
        for (KeyTemplate template : table.files()) {
          Optional<String> key = template.key(column -> text(columns, here, column));
          if (key.isEmpty()) {
            continue;
          }
          Listed listed = ObjectList.read(list);
          if (listed == null || !listed.key().equals(key.get())) {
            throw new IOException("the list of objects is not that of " + table.name());
          }
          String target = template.key(column -> text(columns, there, column)).orElseThrow();
          batches.add(new Moving(position++, listed, target));
        }
      }
    }
    batches.end();
  }

  private static String text(List<RowFile.Column> columns, byte[][] row, String column) {
    return RowReader.text(row[RowFile.index(columns, column)]);
  }

  private static List<Moving> there(List<Moving> batch) {
    return batch.stream().filter(each -> each.listed().isThere()).toList();
  }

  // --- load

  /** Copies a table's objects; goes on where an earlier start was stopped. */
  public void load(Table table) throws IOException {
    String list = ObjectList.of(table.name());
    long begun = folder.loaded().orElseThrow().begun(list);
    long[] done = {0, 0};
    progress.at(list, 0, 0, 0);
    each(
        table,
        batch -> {
          long end = batch.getLast().position() + 1;
          // Of the batches that were begun, only the last one may not be whole.
          if (end >= begun) {
            load(list, batch, end == begun);
            done[0] += there(batch).size();
            done[1] += there(batch).stream().mapToLong(each -> each.listed().object().size()).sum();
            progress.at(list, end, done[0], done[1]);
          }
        });
  }

  private void load(String list, List<Moving> batch, boolean goesOn) throws IOException {
    List<Moving> missing = goesOn ? missing(there(batch)) : there(batch);
    if (!goesOn) {
      requireNew(list, missing);
      folder.loaded(folder.loaded().orElseThrow().begun(list, batch.getLast().position() + 1));
    }
    workers.all(
        missing,
        each -> {
          copy(each);
          return each;
        });
  }

  private void requireNew(String list, List<Moving> batch) throws IOException {
    long already = workers.all(batch, this::isThere).stream().filter(each -> each).count();
    if (already > 0) {
      throw new DataTrouble(
          "already-there", "The target has %d objects of %s already.".formatted(already, list));
    }
  }

  /** What an earlier start has not copied; what it has must be the source's. */
  private List<Moving> missing(List<Moving> batch) throws IOException {
    List<Optional<StoredObject>> found =
        workers.all(batch, each -> target(each).find(each.target()));
    List<Moving> missing = new ArrayList<>();
    for (int i = 0; i < batch.size(); i++) {
      if (found.get(i).isPresent()) {
        requireSame(batch.get(i), found.get(i).get());
      } else {
        missing.add(batch.get(i));
      }
    }
    return missing;
  }

  private boolean isThere(Moving moving) throws IOException {
    return target(moving).find(moving.target()).isPresent();
  }

  private Bucket source(Moving moving) {
    return buckets.source(moving.listed().bucket());
  }

  private Bucket target(Moving moving) {
    return buckets.target(moving.listed().bucket());
  }

  private void copy(Moving moving) throws IOException {
    Bucket source = source(moving);
    Bucket target = target(moving);
    Listed listed = moving.listed();
    if (copiesItself.get() && target.address().isBeside(source.address())) {
      if (target.copy(source, listed.key(), listed.object(), moving.target())) {
        return;
      }
      copiesItself.set(false);
    }
    Path file = file(moving);
    try {
      Map<String, String> carried = source.download(listed.key(), listed.object(), file);
      if (!target.upload(moving.target(), file, carried)) {
        // Somebody was faster: an earlier try of the same request, or another.
        requireSame(moving, target.find(moving.target()).orElseThrow());
      }
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private Path file(Moving moving) {
    return folder.file("object-" + moving.position());
  }

  private void requireSame(Moving moving, StoredObject found) throws IOException {
    if (!isSame(moving, found)) {
      throw new DataTrouble(
          "already-there",
          "The target has another object already where one of the dump belongs.",
          moving.target());
    }
  }

  /**
   * Size and ETag are compared. ETags of the same content differ where it was uploaded in parts or
   * is encrypted with a key of KMS (Amazon S3 API Reference, "Object"): then both are read, and the
   * SHA-256 of their contents is compared.
   */
  private boolean isSame(Moving moving, StoredObject found) throws IOException {
    StoredObject listed = moving.listed().object();
    if (found.size() != listed.size()) {
      return false;
    }
    return found.tag().equals(listed.tag())
        || hash(source(moving), moving.listed().key(), listed, moving)
            .equals(hash(target(moving), moving.target(), found, moving));
  }

  private String hash(Bucket bucket, String key, StoredObject object, Moving moving)
      throws IOException {
    Path file = file(moving);
    try {
      bucket.download(key, object, file);
      return HashedFile.hash(file);
    } finally {
      Files.deleteIfExists(file);
    }
  }

  // --- compare, undo

  /**
   * Compares a table's objects with the target's.
   *
   * @throws DataTrouble {@code counts-differ}, with counts
   */
  public void compare(Table table) throws IOException {
    String list = ObjectList.of(table.name());
    long[] counts = {0, 0, 0};
    progress.at(list, 0, 0, 0);
    each(
        table,
        batch -> {
          List<Moving> there = there(batch);
          for (Compared each : workers.all(there, this::compared)) {
            counts[1] += each == Compared.MISSING ? 0 : 1;
            counts[2] += each == Compared.SAME ? 1 : 0;
          }
          counts[0] += there.size();
          progress.at(list, counts[0], counts[2], 0);
        });
    if (counts[2] != counts[0]) {
      throw new DataTrouble(
          "counts-differ",
          "The target differs: %s: %d in the dump, %d in the target, %d the same."
              .formatted(list, counts[0], counts[1], counts[2]));
    }
  }

  private enum Compared {
    SAME,
    OTHER,
    MISSING
  }

  private Compared compared(Moving moving) throws IOException {
    Optional<StoredObject> found = target(moving).find(moving.target());
    if (found.isEmpty()) {
      return Compared.MISSING;
    }
    return isSame(moving, found.get()) ? Compared.SAME : Compared.OTHER;
  }

  /** Deletes those of a table's objects that were loaded, and answers how many. */
  public long undo(Table table) throws IOException {
    String list = ObjectList.of(table.name());
    long begun = folder.loaded().orElseThrow().begun(list);
    long[] deleted = {0};
    if (begun > 0) {
      progress.at(list, 0, 0, 0);
      each(
          table,
          batch -> {
            if (batch.getLast().position() < begun) {
              deleted[0] +=
                  workers.all(there(batch), this::isDeleted).stream().filter(each -> each).count();
              progress.at(list, batch.getLast().position() + 1, deleted[0], 0);
            }
          });
    }
    return deleted[0];
  }

  private boolean isDeleted(Moving moving) throws IOException {
    boolean isThere = isThere(moving);
    if (isThere) {
      target(moving).delete(moving.target());
    }
    return isThere;
  }

  @Override
  public void close() {
    workers.close();
  }
}
