package dev.slipway.local.lint;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/**
 * A file as a tree.
 *
 * @param file from the project's root, with slashes
 * @param lines the line of each node by its path, see {@link LocatedNode}
 */
public record Source(String file, JsonNode tree, Map<String, Integer> lines) {

  LocatedNode root() {
    return new LocatedNode(this, "", tree);
  }

  /** The path of a field of what is at a path. */
  public static String child(String path, String key) {
    return path + "\n" + key;
  }

  /** The line of what is at a path, or of the nearest thing around it that is there. */
  public int line(String path) {
    for (String at = path; !at.isEmpty(); at = at.substring(0, at.lastIndexOf('\n'))) {
      Integer line = lines.get(at);
      if (line != null) {
        return line;
      }
    }
    return lines.getOrDefault("", 1);
  }
}
