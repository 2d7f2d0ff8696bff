package dev.slipway.local.sandbox.world;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One request that a route of a {@link RestStandIn} takes.
 *
 * @param http the request
 * @param path the values of the template's names, decoded, in their order
 */
public record RestCall(HttpCall http, Map<String, String> path) {

  public RestCall {
    path = Collections.unmodifiableMap(new LinkedHashMap<>(path));
  }

  /** The value of a name of the template. */
  public String path(String name) {
    return path.get(name);
  }

  /** A parameter of the query or of the form; empty text if there is none. */
  public String parameter(String name) {
    return http.parameters().getOrDefault(name, "");
  }

  /**
   * The body as JSON.
   *
   * @throws Refusal HTTP 400 when it is not JSON
   */
  public JsonNode json() {
    try {
      return Json.parse(http.body());
    } catch (IOException e) {
      throw Refusal.of(400, "invalid JSON");
    }
  }
}
