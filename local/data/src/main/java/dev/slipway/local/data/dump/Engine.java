package dev.slipway.local.data.dump;

import java.io.IOException;
import java.sql.SQLException;
import java.util.Map;

/**
 * The jobs on one kind of database. Each answers the facts that Slipway is told: names, counts and
 * hashes.
 */
public interface Engine {
  /** Counts what a dump would hold; copies nothing. */
  Map<String, String> survey() throws SQLException, IOException;

  /** Writes the files and their manifest, or goes on where an earlier start was stopped. */
  Map<String, String> dump() throws SQLException, IOException;

  /** Looks for what must not be in the dump, and for what it lacks. */
  Map<String, String> check() throws SQLException, IOException;

  /** Writes the files' rows into the target, or goes on where an earlier start was stopped. */
  Map<String, String> load() throws SQLException, IOException;

  /** Compares the target with the files. */
  Map<String, String> compare() throws SQLException, IOException;

  /** Counts what is there under both names of a tenant that is to be renamed. */
  Map<String, String> collisions() throws SQLException, IOException;

  /** Deletes from the target what was loaded. */
  Map<String, String> undo() throws SQLException, IOException;
}
