package dev.slipway.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a route answers: JSON, never kept by a cache.
 *
 * @param headers besides those that every answer has
 */
record ApiAnswer(int status, Map<String, String> headers, JsonNode body) {
  ApiAnswer {
    headers = Map.copyOf(headers);
  }

  static ApiAnswer of(int status, Object body) {
    return new ApiAnswer(status, Map.of("Content-Type", "application/json"), Json.tree(body));
  }

  static ApiAnswer problem(int status, Map<String, String> headers, JsonNode body) {
    return new ApiAnswer(status, headers, body).header("Content-Type", "application/problem+json");
  }

  ApiAnswer header(String name, String value) {
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.put(name, value);
    return new ApiAnswer(status, all, body);
  }

  /** In payload format 2.0. */
  ObjectNode payload() {
    ObjectNode payload = Json.MAPPER.createObjectNode();
    payload.put("statusCode", status);
    ObjectNode all = payload.putObject("headers");
    all.put("Cache-Control", "no-store");
    all.put("X-Content-Type-Options", "nosniff");
    headers.forEach(all::put);
    payload.put("body", body.toString());
    payload.put("isBase64Encoded", false);
    return payload;
  }
}
