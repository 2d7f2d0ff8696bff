package dev.slipway.checklist.source;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.json.Json;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** The one way a checklist's YAML is read: a key that stands twice is refused. */
final class Yaml {
  /** A checklist's files name the same kind of value often; the parser's default is 50. */
  private static final int MOST_ALIASES = 500;

  private Yaml() {}

  /**
   * A text as a tree.
   *
   * @throws IllegalArgumentException if it is not YAML
   */
  static JsonNode tree(String yaml) {
    LoadSettings settings =
        LoadSettings.builder()
            .setAllowDuplicateKeys(false)
            .setMaxAliasesForCollections(MOST_ALIASES)
            .build();
    try {
      return Json.tree(new Load(settings).loadFromString(yaml));
    } catch (YamlEngineException e) {
      throw new IllegalArgumentException("is not YAML: " + e.getMessage(), e);
    }
  }
}
