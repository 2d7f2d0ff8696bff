package dev.slipway.checklist;

import dev.slipway.json.Json;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The hashes of released checklists, kept in {@code checklists.lock}: one line {@code
 * <name>/<version>: <hash>} each. A released version never changes, for onboardings are on it.
 *
 * @param hashes {@code name/version} to hash
 */
public record ChecklistLock(Map<String, String> hashes) {
  public ChecklistLock {
    hashes = Map.copyOf(hashes);
  }

  /**
   * Reads a lock file.
   *
   * @throws IllegalArgumentException if it is not of that form
   */
  public static ChecklistLock parse(String text) {
    if (!(Checklists.load(text) instanceof Map<?, ?> lines)) {
      throw new IllegalArgumentException("checklists.lock: must name versions and their hashes");
    }
    Map<String, String> hashes = new TreeMap<>();
    lines.forEach((version, hash) -> hashes.put(String.valueOf(version), String.valueOf(hash)));
    return new ChecklistLock(hashes);
  }

  /**
   * The hash of a checklist's content; comments and the order of keys do not count.
   *
   * @param yaml the checklist's file
   */
  public static String hash(String yaml) {
    return Json.hash(Json.tree(Checklists.load(yaml)));
  }

  /**
   * What is wrong with a version, in a sentence; empty if it is locked and unchanged.
   *
   * @param version {@code name/version}
   * @param yaml the checklist's file
   */
  public Optional<String> problem(String version, String yaml) {
    String locked = hashes.get(version);
    String found = hash(yaml);
    if (locked == null) {
      return Optional.of(
          "%s is not in checklists.lock; when it is released, add the line `%s: %s`"
              .formatted(version, version, found));
    }
    return locked.equals(found)
        ? Optional.empty()
        : Optional.of(
            "%s was released and has changed since (%s, not %s): make a new version instead"
                .formatted(version, found, locked));
  }
}
