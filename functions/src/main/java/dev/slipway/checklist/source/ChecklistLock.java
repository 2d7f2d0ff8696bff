package dev.slipway.checklist.source;

import com.fasterxml.jackson.databind.JsonNode;
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
   * @throws IllegalArgumentException if it is not YAML
   */
  public static ChecklistLock parse(String text) {
    Map<String, String> hashes = new TreeMap<>();
    Yaml.tree(text)
        .properties()
        .forEach(line -> hashes.put(line.getKey(), line.getValue().asText()));
    return new ChecklistLock(hashes);
  }

  /**
   * The error of a version, in a sentence; empty if it is locked and unchanged.
   *
   * @param version {@code name/version}
   * @param tree the checklist in one piece: comments, the order of keys and how it is cut into
   *     files do not count
   */
  public Optional<String> problem(String version, JsonNode tree) {
    String locked = hashes.get(version);
    String found = Json.hash(tree);
    if (locked == null) {
      return Optional.of(
          "%s is not in checklists.lock; when it is released, add the line `%s: %s`"
              .formatted(version, version, found));
    }
    return locked.equals(found)
        ? Optional.empty()
        : Optional.of(
            ("%s has changed since it was locked (%s, not %s): make a new version instead; only if it"
                    + " was never released, give checklists.lock the line `%s: %s`")
                .formatted(version, found, locked, version, found));
  }
}
