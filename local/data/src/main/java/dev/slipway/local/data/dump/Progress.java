package dev.slipway.local.data.dump;

/** Hears how far a job has come. */
public interface Progress {
  /** The rows between two reports. */
  int EVERY = 1000;

  /** Hears how many rows a table is thought to have. */
  default void expect(String table, long rows) {}

  /**
   * Hears of a table.
   *
   * @param table or collection
   * @param read the rows of it that were looked at until now
   * @param rows those of them that belong to the dump
   * @param bytes of these
   */
  void at(String table, long read, long rows, long bytes);
}
