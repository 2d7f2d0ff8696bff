package dev.slipway.local.data.dump;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Writes a {@link RowFile}. */
public final class RowWriter implements AutoCloseable {
  private final HashedFile out;
  private ByteBuffer row = ByteBuffer.allocate(1 << 16);

  /** Begins the file anew. */
  public RowWriter(Path file, List<RowFile.Column> columns) throws IOException {
    out = new HashedFile(file);
    byte[] mark = RowFile.MARK.getBytes(StandardCharsets.US_ASCII);
    out.write(mark, 0, mark.length);
    begin();
    row.putInt(columns.size());
    for (RowFile.Column column : columns) {
      value(column.name().getBytes(StandardCharsets.UTF_8));
      row.put((byte) (column.binary() ? 'B' : 'T'));
    }
    end();
  }

  /** Begins a row. */
  public void begin() {
    row.clear();
    row.putInt(0);
  }

  /** Appends a value to the row; null for NULL. */
  public void value(byte[] value) {
    int needed = Integer.BYTES + 1 + (value == null ? 0 : value.length);
    if (row.remaining() < needed) {
      ByteBuffer larger =
          ByteBuffer.allocate(Math.max(2 * row.capacity(), row.position() + needed));
      row = larger.put(row.flip());
    }
    row.putInt(value == null ? -1 : value.length);
    if (value != null) {
      row.put(value);
    }
  }

  /** Ends the row. */
  public void end() throws IOException {
    row.putInt(0, row.position() - Integer.BYTES);
    out.write(row.array(), 0, row.position());
  }

  /** How many bytes were written. */
  public long bytes() {
    return out.bytes();
  }

  /** Gives the file its name, and answers its SHA-256. */
  public String complete() throws IOException {
    return out.complete();
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
