package dev.slipway.local.data;

import dev.slipway.local.data.dump.Progress;
import java.io.PrintStream;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Shows the person at the runner how far a job has come: at a terminal a bar for the table in work,
 * elsewhere a line for each thousand thousands of rows.
 */
final class ProgressBar implements Progress {
  private static final int WIDTH = 24;
  private static final int SELDOM = 1_000_000;
  private static final double MEGABYTE = 1_000_000;

  private final PrintStream out;
  private final boolean terminal;
  private final Map<String, Long> expected = new HashMap<>();
  private String shown = "";

  ProgressBar(PrintStream out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  @Override
  public void expect(String table, long rows) {
    expected.put(table, rows);
  }

  @Override
  public void at(String table, long read, long rows, long bytes) {
    if (!terminal && (read == 0 || read % SELDOM != 0)) {
      return;
    }
    String line =
        String.format(
            Locale.ROOT,
            "  %s %s %,d rows read, %,d taken, %,.1f MB",
            table,
            bar(read, expected.getOrDefault(table, 0L)),
            read,
            rows,
            bytes / MEGABYTE);
    if (terminal) {
      out.print((table.equals(shown) || shown.isEmpty() ? "\r" : "\n") + line);
      shown = table;
    } else {
      out.println(line);
    }
    out.flush();
  }

  /** Ends the line in work. */
  void end() {
    if (!shown.isEmpty()) {
      out.println();
      shown = "";
    }
  }

  private static String bar(long read, long expected) {
    if (expected <= 0) {
      return "";
    }
    int full = (int) Math.min(WIDTH, WIDTH * read / expected);
    return "[" + "#".repeat(full) + "-".repeat(WIDTH - full) + "]";
  }
}
