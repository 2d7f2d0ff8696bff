package dev.slipway.local.sandbox.maestrano;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.local.sandbox.world.Refusal;

/**
 * The server that a host leads to, as the world's {@code maestrano.hosts} has it.
 *
 * @param kind of server: {@code mnohub}, {@code connec}, {@code impac}, {@code nex}, {@code
 *     express}, {@code connector}, {@code developer}
 * @param environment {@code uat} or {@code production}; empty where a server is for both
 * @param tenant of an express; else empty
 * @param application of a connector, its nid; else empty
 * @param isDown whether no instance of it runs
 */
record Place(String kind, String environment, String tenant, String application, boolean isDown) {

  /**
   * The place of a host.
   *
   * @throws Refusal HTTP 421 when the world has none
   */
  static Place of(JsonNode part, String host) {
    JsonNode found = part.path("hosts").path(host);
    if (found.isMissingNode()) {
      throw Refusal.of(421, "no server has the host " + host);
    }
    return new Place(
        found.path("kind").asText(),
        found.path("environment").asText(),
        found.path("tenant").asText(),
        found.path("application").asText(),
        found.path("down").asBoolean());
  }
}
