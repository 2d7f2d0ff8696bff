package dev.slipway.task;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.json.Json;

/**
 * What a person's statement of a step is about: the values for which it holds. With others, the
 * step is asked again.
 *
 * @param values by name
 */
public record About(ObjectNode values) {
  /**
   * Values given at intake.
   *
   * @param paths each an element's id, or a field of it; what was not given is a value as well
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

  /** The same, and about something else that was not given at intake. */
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
