package dev.slipway.local.data.dump;

import java.util.List;

/**
 * The form of a file with a table's rows. After the line {@code slipway-rows/1} come the columns:
 * their number, and for each its name and {@code T} (text, UTF-8) or {@code B} (bytes). Then each
 * row: its length in bytes, and each value with its length before it, −1 for NULL. Numbers are 32
 * bits, the highest byte first. The same rows give the same bytes, so the file's SHA-256 is the
 * rows'.
 */
public final class RowFile {
  static final String MARK = "slipway-rows/1\n";

  private RowFile() {}

  /** A column. */
  public record Column(String name, boolean binary) {}

  /** Where a column stands; −1 if it is not there. */
  public static int index(List<Column> columns, String name) {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).name().equals(name)) {
        return i;
      }
    }
    return -1;
  }
}
