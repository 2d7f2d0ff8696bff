package dev.slipway.task;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.json.Json;

/**
 * The values that a person's statement of a step is about. The statement holds for these values;
 * with other values the step is asked again.
 *
 * <pre>{@code
 * work.about("platform.domain", "mail-server").and("smtp", work.secretVersion("smtp"))
 * }</pre>
 *
 * @param values name to value
 */
public record About(ObjectNode values) {
  /**
   * Values given at intake.
   *
   * @param paths each an element's id, or a field of it; that a value is not given counts as a
   *     value
   */
  static About given(JsonNode elements, String... paths) {
    ObjectNode values = JsonNodeFactory.instance.objectNode();
    for (String path : paths) {
      JsonNode node = elements;
      for (String name : path.split("\\.", -1)) {
        node = node.path(name);
      }
      values.set(path, node.isMissingNode() ? null : node);
    }
    return new About(values);
  }

  /** These values, and one that was not given at intake, such as the version of a credential. */
  public About and(String name, Object value) {
    ObjectNode more = values.deepCopy();
    more.set(name, Json.tree(value));
    return new About(more);
  }

  /** Equal for equal values. */
  public String hash() {
    return Json.hash(values);
  }
}
