package dev.slipway.local.data.objects;

import dev.slipway.local.data.dump.RowFile;
import dev.slipway.local.data.dump.RowReader;
import dev.slipway.local.data.dump.RowWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * The list of the objects that a table's rows name, in the rows' order: a file of rows itself, with
 * bucket, key, state, size and ETag.
 */
final class ObjectList {
  private static final List<RowFile.Column> COLUMNS =
      List.of(
          new RowFile.Column("bucket", false),
          new RowFile.Column("key", false),
          new RowFile.Column("state", false),
          new RowFile.Column("size", false),
          new RowFile.Column("tag", false));

  private ObjectList() {}

  /** The name of a table's list. */
  static String of(String table) {
    return table + ".objects";
  }

  static RowWriter writer(Path file) throws IOException {
    return new RowWriter(file, COLUMNS);
  }

  static void write(RowWriter writer, Listed listed) throws IOException {
    writer.begin();
    writer.value(bytes(listed.bucket()));
    writer.value(bytes(listed.key()));
    writer.value(bytes(listed.state().name()));
    writer.value(listed.isThere() ? bytes(Long.toString(listed.object().size())) : null);
    writer.value(listed.isThere() ? bytes(listed.object().tag()) : null);
    writer.end();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** The next of a list; null after the last. */
  static Listed read(RowReader reader) throws IOException {
    byte[][] row = reader.next();
    if (row == null) {
      return null;
    }
    Listed.State state = Listed.State.valueOf(RowReader.text(row[2]));
    return new Listed(
        RowReader.text(row[0]),
        RowReader.text(row[1]),
        state,
        state == Listed.State.THERE
            ? new StoredObject(Long.parseLong(RowReader.text(row[3])), RowReader.text(row[4]))
            : null);
  }
}
