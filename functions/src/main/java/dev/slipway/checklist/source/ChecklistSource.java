package dev.slipway.checklist.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.checklist.Checklist;
import dev.slipway.checklist.Checklists;
import dev.slipway.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * One version of a checklist as people write it: {@code checklist.yaml} with name, version, title
 * and the order of the sections, one file for each section, and {@code shared.yaml} with what
 * several sections use. {@code docs/checklists.md} says every field.
 *
 * @param files file name to text
 */
public record ChecklistSource(Map<String, String> files) {
  /** Name, version, title, and the sections' ids in order. */
  public static final String HEAD = "checklist.yaml";

  /** The file of the definitions that several sections share, by name. */
  public static final String SHARED = "shared.yaml";

  public ChecklistSource {
    files = Map.copyOf(files);
  }

  /** The files of a version's folder. */
  public static ChecklistSource read(Path folder) throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> inside = Files.list(folder)) {
      for (Path file : inside.sorted().toList()) {
        files.put(file.getFileName().toString(), Files.readString(file));
      }
    }
    return new ChecklistSource(files);
  }

  /**
   * A whole checklist in one text, as small ones of tests are.
   *
   * @throws IllegalArgumentException if it has not the form of one
   */
  public static Checklist parse(String yaml) {
    return Checklists.of(Yaml.tree(yaml));
  }

  /**
   * The checklist in one piece: sections in their order, shared definitions in their places.
   *
   * @throws IllegalArgumentException if a file is missing, is left over or cannot be read; the
   *     message begins with the file's name
   */
  public JsonNode tree() {
    ObjectNode whole = object(HEAD).deepCopy();
    SharedDefinitions shared =
        files.containsKey(SHARED) ? new SharedDefinitions(object(SHARED)) : SharedDefinitions.NONE;
    ArrayNode sections = Json.MAPPER.createArrayNode();
    Set<String> left = new TreeSet<>(files.keySet());
    left.remove(HEAD);
    left.remove(SHARED);
    for (JsonNode id : whole.path("sections")) {
      String file = id.asText() + ".yaml";
      left.remove(file);
      sections.add(section(file, id.asText(), shared));
    }
    if (!left.isEmpty()) {
      throw new IllegalArgumentException(
          "%s: `sections` does not name %s".formatted(HEAD, String.join(", ", left)));
    }
    Set<String> unused = shared.unused();
    if (!unused.isEmpty()) {
      throw new IllegalArgumentException(
          "%s: no section uses %s".formatted(SHARED, String.join(", ", unused)));
    }
    return whole.set("sections", sections);
  }

  private JsonNode section(String file, String id, SharedDefinitions shared) {
    ObjectNode section = object(file);
    if (!section.path("id").asText().equals(id)) {
      throw new IllegalArgumentException("%s: its `id` must be `%s`".formatted(file, id));
    }
    try {
      return shared.putIn(section);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
    }
  }

  private ObjectNode object(String file) {
    String text = files.get(file);
    if (text == null) {
      throw new IllegalArgumentException(file + ": there is no such file");
    }
    try {
      if (Yaml.tree(text) instanceof ObjectNode object) {
        return object;
      }
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
    }
    throw new IllegalArgumentException(file + ": must be a mapping");
  }
}
