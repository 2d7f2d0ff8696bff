package dev.slipway.local.data.dump;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads a {@link RowFile}, a row at a time. */
public final class RowReader implements AutoCloseable {
  private static final int BUFFER = 1 << 18;

  private final DataInputStream in;
  private final List<RowFile.Column> columns = new ArrayList<>();

  /** Opens a file. */
  public RowReader(Path file) throws IOException {
    in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), BUFFER));
    byte[] mark = in.readNBytes(RowFile.MARK.length());
    ByteBuffer head = record();
    if (!new String(mark, StandardCharsets.US_ASCII).equals(RowFile.MARK) || head == null) {
      throw new IOException(file + " is no file of rows");
    }
    int count = head.getInt();
    for (int i = 0; i < count; i++) {
      String name = new String(value(head), StandardCharsets.UTF_8);
      columns.add(new RowFile.Column(name, head.get() == 'B'));
    }
  }

  /** The columns, in the values' order. */
  public List<RowFile.Column> columns() {
    return columns;
  }

  /** The next row's values, null for NULL; null after the last row. */
  public byte[][] next() throws IOException {
    ByteBuffer row = record();
    if (row == null) {
      return null;
    }
    byte[][] values = new byte[columns.size()][];
    for (int i = 0; i < values.length; i++) {
      values[i] = value(row);
    }
    return values;
  }

  /** A value as text; null for NULL. */
  public static String text(byte[] value) {
    return value == null ? null : new String(value, StandardCharsets.UTF_8);
  }

  private ByteBuffer record() throws IOException {
    int first = in.read();
    if (first < 0) {
      return null;
    }
    int length = first << 24 | in.readUnsignedByte() << 16 | in.readUnsignedShort();
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("the file ends within a row");
    }
    return ByteBuffer.wrap(bytes);
  }

  private static byte[] value(ByteBuffer row) {
    int length = row.getInt();
    if (length < 0) {
      return null;
    }
    byte[] value = new byte[length];
    row.get(value);
    return value;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
