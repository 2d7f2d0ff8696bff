package dev.slipway.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.json.Json;

/** Values that people gave. */
final class Values {
  private Values() {}

  /** Whether two values are the same, whatever Java type holds a number. */
  static boolean areSame(JsonNode one, JsonNode other) {
    return Json.hash(one).equals(Json.hash(other));
  }
}
