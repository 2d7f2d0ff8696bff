package dev.slipway.local.data.dump;

import dev.slipway.probe.DataJob;
import java.util.List;

/**
 * The list of all that a dump holds. The same rows, map and scope give the same bytes, so its
 * SHA-256 names the dump: that is what people approve and what a load goes by. It holds no time.
 *
 * @param store the section of the map, and the database
 * @param tenant in the source
 * @param scope the fingerprint of tenant and organisations
 * @param map the SHA-256 of the map
 * @param basis the SHA-256 of the manifest whose groups it was filtered by; empty: none
 * @param files in the order in which they are loaded
 */
public record Manifest(
    String store, String tenant, String scope, String map, String basis, List<Entry> files) {

  /** What a file holds. */
  public enum Holds {
    /** Rows that are copied. */
    ROWS,
    /** Keys and names of rows that the target has itself. */
    REFERENCE,
    /** The ids of groups, a line each. */
    GROUPS,
    /** Keys, sizes and ETags of the objects that a table's rows name; rows are objects there. */
    OBJECTS
  }

  /**
   * A file of the dump.
   *
   * @param table or collection; of a list of objects its name
   * @param rows or, of a list, the objects that there are
   * @param bytes of the file or, of a list, of its objects
   * @param first the first row's key; null if there is no row
   * @param last the last row's
   */
  public record Entry(
      String table, Holds holds, long rows, long bytes, String first, String last, String sha256) {}

  public Manifest {
    files = List.copyOf(files);
  }

  /** The manifest of a job's files. */
  public static Manifest of(DataJob job, List<Entry> files) {
    return new Manifest(
        job.store(), job.tenant(), job.scope(), job.map(), job.manifest().orElse(""), files);
  }

  /** The files with rows that are copied. */
  public List<Entry> copied() {
    return files.stream().filter(entry -> entry.holds() == Holds.ROWS).toList();
  }

  /** How many rows are copied. */
  public long rows() {
    return copied().stream().mapToLong(Entry::rows).sum();
  }

  /** The bytes of all files. */
  public long bytes() {
    return files.stream()
        .filter(entry -> entry.holds() != Holds.OBJECTS)
        .mapToLong(Entry::bytes)
        .sum();
  }

  /** The lists of objects. */
  public List<Entry> lists() {
    return files.stream().filter(entry -> entry.holds() == Holds.OBJECTS).toList();
  }
}
