package dev.slipway.local.scaffold;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The text of {@code template.yaml}, into which lines can be put. Blocks are told by how deep their
 * lines stand; nothing that is there changes.
 */
final class TemplateText {
  private final List<String> lines;

  TemplateText(String text) {
    this.lines = new ArrayList<>(text.lines().toList());
  }

  /**
   * The lines of a block.
   *
   * @param key the line of its key
   * @param end behind its last line
   */
  record Block(int key, int end) {}

  /** The block below these keys. */
  Optional<Block> block(String... keys) {
    Block at = new Block(-1, lines.size());
    for (int i = 0; i < keys.length; i++) {
      Optional<Block> below = child(at, keys[i]);
      if (below.isEmpty()) {
        return Optional.empty();
      }
      at = below.get();
    }
    return Optional.of(at);
  }

  private Optional<Block> child(Block parent, String key) {
    int depth = parent.key() < 0 ? 0 : depth(lines.get(parent.key())) + 2;
    for (int i = parent.key() + 1; i < parent.end(); i++) {
      String line = lines.get(i);
      if (depth(line) == depth && (line.strip() + " ").startsWith(key + ": ")) {
        return Optional.of(new Block(i, end(i, parent.end())));
      }
    }
    return Optional.empty();
  }

  /** The list of a statement's resources, which stands below the line of its actions. */
  Block resources(String resource, String actions, int occurrence) {
    Block block = required("Resources", resource);
    int left = occurrence;
    for (int i = block.key(); i < block.end(); i++) {
      if (lines.get(i).strip().replaceFirst("^- ", "").equals(actions) && --left == 0) {
        if (!lines.get(i + 1).strip().equals("Resource:")) {
          break;
        }
        return new Block(i + 1, end(i + 1, block.end()));
      }
    }
    throw new ScaffoldException(
        "template.yaml: `%s` has no statement number %d with `%s` and a list below `Resource:`"
            .formatted(resource, occurrence, actions));
  }

  /** Whether a resource has a statement with these actions. */
  boolean hasStatement(String resource, String actions) {
    Block block = required("Resources", resource);
    return lines.subList(block.key(), block.end()).stream()
        .anyMatch(line -> line.strip().replaceFirst("^- ", "").equals(actions));
  }

  /** A block that must be there. */
  Block required(String... keys) {
    return block(keys)
        .orElseThrow(
            () -> new ScaffoldException("template.yaml has no " + String.join(" / ", keys)));
  }

  /**
   * Puts a line into a block if it is not there: behind the last of those that go before it, else
   * as the first.
   *
   * @param before the lines that go before it, without their blanks
   */
  void add(Block block, String line, Predicate<String> before) {
    int at = block.key() + 1;
    for (int i = block.key() + 1; i < block.end(); i++) {
      String other = lines.get(i).strip();
      if (other.equals(line)) {
        return;
      }
      at = before.test(other) ? i + 1 : at;
    }
    int depth =
        block.key() + 1 < block.end()
            ? depth(lines.get(block.key() + 1))
            : depth(lines.get(block.key())) + 2;
    lines.add(at, " ".repeat(depth) + line);
  }

  /** Puts a resource behind another one. */
  void addBehind(Block block, String resource) {
    addBelow(block.end() - 1, "\n" + resource);
  }

  /** Puts a resource before another one. */
  void addBefore(Block block, String resource) {
    addBelow(block.key() - 1, resource + "\n");
  }

  /** Puts lines directly below a line. */
  void addBelow(int line, String text) {
    lines.addAll(line + 1, List.of(text.split("\n", -1)));
  }

  /** The last resource with a line that a pattern matches, else the last of all. */
  Block lastResource(Pattern pattern) {
    Block all = required("Resources");
    Block found = null;
    for (int i = all.key() + 1; i < all.end(); i++) {
      if (depth(lines.get(i)) == 2 && !lines.get(i).strip().startsWith("#")) {
        Block resource = new Block(i, end(i, all.end()));
        boolean matches =
            lines.subList(i, resource.end()).stream()
                .anyMatch(line -> pattern.matcher(line.strip()).matches());
        found = matches || found == null ? resource : found;
      }
    }
    return found == null ? all : found;
  }

  /** The last line that a test finds; -1 if there is none. */
  int last(Predicate<String> test) {
    for (int i = lines.size() - 1; i >= 0; i--) {
      if (test.test(lines.get(i).strip())) {
        return i;
      }
    }
    return -1;
  }

  String text() {
    return String.join("\n", lines) + "\n";
  }

  /** Behind the last line that stands deeper than the key's; empty lines at the end are outside. */
  private int end(int key, int limit) {
    int depth = depth(lines.get(key));
    int end = key + 1;
    for (int i = key + 1; i < limit; i++) {
      if (lines.get(i).isBlank()) {
        continue;
      }
      if (depth(lines.get(i)) <= depth) {
        break;
      }
      end = i + 1;
    }
    return end;
  }

  private static int depth(String line) {
    return line.isBlank() ? -1 : line.length() - line.stripLeading().length();
  }
}
