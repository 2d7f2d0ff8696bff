package dev.slipway.checklist;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The checklists that the artifact carries: every version still in use. */
public final class Checklists {

  private final Map<String, Checklist> loaded = new ConcurrentHashMap<>();

  /** Those of the artifact. */
  public Checklists() {}

  /** These, and those of the artifact. */
  public Checklists(List<Checklist> more) {
    more.forEach(checklist -> loaded.put(checklist.name() + "/" + checklist.version(), checklist));
  }

  /**
   * One version of a checklist.
   *
   * @throws IllegalArgumentException if the artifact does not carry it
   */
  public Checklist get(String name, String version) {
    return loaded.computeIfAbsent(name + "/" + version, key -> read(name, version));
  }

  /**
   * The version that new onboardings begin with.
   *
   * @throws IllegalArgumentException if there is no checklist of this name
   */
  public Checklist newest(String name) {
    return get(name, index(name).path("newest").asText());
  }

  /** The names of all of them. */
  public List<String> names() {
    List<String> names = new ArrayList<>();
    index().fieldNames().forEachRemaining(names::add);
    return names.stream().sorted().toList();
  }

  private static JsonNode index(String name) {
    JsonNode index = index();
    if (!index.has(name)) {
      List<String> names = new ArrayList<>();
      index.fieldNames().forEachRemaining(names::add);
      throw new IllegalArgumentException(
          "checklist: there is none named " + name + "; there are " + names);
    }
    return index.get(name);
  }

  private static JsonNode index() {
    return read("index");
  }

  private static Checklist read(String name, String version) {
    index(name);
    return ChecklistReader.checklist(read(name + "/" + version));
  }

  /**
   * A checklist in one piece, as its author wrote it.
   *
   * @throws IllegalArgumentException if it does not have the form of one
   */
  public static Checklist of(JsonNode tree) {
    try {
      return Json.MAPPER.treeToValue(tree, Checklist.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("checklist: " + e.getOriginalMessage(), e);
    }
  }

  private static JsonNode read(String path) {
    try (InputStream in = Checklists.class.getResourceAsStream("/checklists/" + path + ".json")) {
      if (in == null) {
        throw new IllegalArgumentException("checklist: the artifact carries no " + path);
      }
      return Json.MAPPER.readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
