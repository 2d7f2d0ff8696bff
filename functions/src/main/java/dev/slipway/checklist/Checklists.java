package dev.slipway.checklist;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.slipway.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The checklists that the artifact carries: every version still in use. */
public final class Checklists {
  /** The artifact's own files name the same kind of value often; the parser's default is 50. */
  private static final int MOST_ALIASES = 500;

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
    return get(name, index(name).get("newest"));
  }

  /** The names of all of them. */
  public List<String> names() {
    return index().keySet().stream().sorted().toList();
  }

  private static Map<String, String> index(String name) {
    Map<String, String> versions = index().get(name);
    if (versions == null) {
      throw new IllegalArgumentException(
          "checklist: there is none named " + name + "; there are " + index().keySet());
    }
    return versions;
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Map<String, String>> index() {
    return (Map<String, Map<String, String>>) load(resource("index.yaml"));
  }

  private static Checklist read(String name, String version) {
    index(name);
    return parse(resource(name + "/" + version + ".yaml"));
  }

  /**
   * Reads a checklist's text.
   *
   * @throws IllegalArgumentException if it has not the form of one
   */
  public static Checklist parse(String yaml) {
    try {
      return Json.MAPPER.treeToValue(Json.tree(load(yaml)), Checklist.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("checklist: " + e.getOriginalMessage(), e);
    }
  }

  static Object load(String yaml) {
    return new Load(
            LoadSettings.builder()
                .setAllowDuplicateKeys(false)
                .setMaxAliasesForCollections(MOST_ALIASES)
                .build())
        .loadFromString(yaml);
  }

  private static String resource(String path) {
    try (InputStream in = Checklists.class.getResourceAsStream("/checklists/" + path)) {
      if (in == null) {
        throw new IllegalArgumentException("checklist: the artifact carries no " + path);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
