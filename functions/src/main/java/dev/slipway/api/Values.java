package dev.slipway.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.json.Json;
import dev.slipway.ledger.ElementRecord;
import java.util.Collection;

/** Elements as rules and tests of credentials read them: element id to value. */
final class Values {
  private Values() {}

  /** Whether two values are the same, whatever Java type holds a number. */
  static boolean areSame(JsonNode one, JsonNode other) {
    return Json.hash(one).equals(Json.hash(other));
  }

  static ObjectNode of(Collection<ElementRecord> elements) {
    ObjectNode values = JsonNodeFactory.instance.objectNode();
    elements.forEach(element -> values.set(element.id(), element.value()));
    return values;
  }
}
