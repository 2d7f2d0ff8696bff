package dev.slipway.local.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.local.sandbox.world.Json;
import java.net.URI;
import java.util.Map;

/**
 * The addresses of a running sandbox.
 *
 * @param proxy {@code host:port} of the HTTP CONNECT proxy in front of all stand-ins that can be
 *     reached from outside
 * @param insideProxy {@code host:port} of the proxy within the customer's network: stand-ins that
 *     only that network reaches are behind this one alone
 * @param dns {@code host:port} of the name server, UDP and TCP
 * @param certificateAuthority the root certificate to trust, PEM
 * @param control the control endpoint
 */
public record SandboxEndpoints(
    String proxy, String insideProxy, String dns, String certificateAuthority, URI control) {

  /** The environment variables with which a function reaches the stand-ins instead of the world. */
  public Map<String, String> environment() {
    return Map.of(
        "SLIPWAY_EGRESS_PROXY", proxy,
        "SLIPWAY_DNS", dns,
        "SLIPWAY_TRUSTED_CERTIFICATES", certificateAuthority,
        "SLIPWAY_STAND_INS", "true");
  }

  /** As JSON: what a sandbox in a process of its own prints as its first line. */
  public ObjectNode toJson() {
    return Json.object()
        .put("proxy", proxy)
        .put("insideProxy", insideProxy)
        .put("dns", dns)
        .put("certificateAuthority", certificateAuthority)
        .put("control", control.toString());
  }

  /** The inverse of {@link #toJson}. */
  public static SandboxEndpoints fromJson(JsonNode json) {
    return new SandboxEndpoints(
        json.path("proxy").asText(),
        json.path("insideProxy").asText(),
        json.path("dns").asText(),
        json.path("certificateAuthority").asText(),
        URI.create(json.path("control").asText()));
  }
}
