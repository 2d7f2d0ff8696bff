package dev.slipway.local.data.mongo;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;

/**
 * A folder of {@code mongodump}: {@code <collection>.bson}, one document behind the other. Nothing
 * is decoded but the fields that are asked for.
 */
public record BsonFiles(Path folder) implements Documents {
  private static final String END = ".bson";
  private static final int BUFFER = 1 << 18;
  private static final int SMALLEST = 5;
  private static final int LARGEST = 64 << 20;

  @Override
  public List<String> collections() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(END))
          .map(name -> name.substring(0, name.length() - END.length()))
          .sorted()
          .toList();
    }
  }

  @Override
  public void forEach(String collection, String field, Set<String> groups, Each each)
      throws IOException {
    read(folder.resolve(collection + END), each);
  }

  /** Reads a file of documents. */
  static void read(Path file, Each each) throws IOException {
    byte[] head = new byte[Integer.BYTES];
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER)) {
      for (int read = in.readNBytes(head, 0, head.length);
          read > 0;
          read = in.readNBytes(head, 0, head.length)) {
        int length = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN).getInt();
        if (read < head.length || length < SMALLEST || length > LARGEST) {
          throw new IOException(file + " is no file of documents");
        }
        byte[] document = new byte[length];
        System.arraycopy(head, 0, document, 0, head.length);
        if (in.readNBytes(document, head.length, length - head.length) < length - head.length) {
          throw new EOFException(file + " ends within a document");
        }
        each.at(new RawBsonDocument(document));
      }
    }
  }

  @Override
  public long count(String collection, String field, Set<String> groups) throws IOException {
    long[] count = {0};
    forEach(
        collection,
        field,
        groups,
        document -> count[0] += belongs(document, field, groups) ? 1 : 0);
    return count[0];
  }

  @Override
  public long ofOthers(String collection, String field, Set<String> groups, List<BsonValue> ids)
      throws IOException {
    Set<BsonValue> wanted = new HashSet<>(ids);
    long[] count = {0};
    forEach(
        collection,
        field,
        groups,
        document ->
            count[0] +=
                wanted.contains(document.get("_id")) && !belongs(document, field, groups) ? 1 : 0);
    return count[0];
  }

  private static boolean belongs(RawBsonDocument document, String field, Set<String> groups) {
    String group = Documents.group(document.get(field));
    return group != null && groups.contains(group);
  }

  /** They are seen as the file is read. */
  @Override
  public boolean hasUngrouped(String collection, String field) {
    return false;
  }

  @Override
  public void close() {
    // Each pass closes its file.
  }
}
