package dev.slipway.local.sandbox.world;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/**
 * One call that reached a third party.
 *
 * @param at when it was answered
 * @param system the third party, such as {@code platform}
 * @param method see {@link Operation}
 * @param key see {@link Operation}
 * @param outcome {@code ok}, an error such as {@code 8202} or {@code 403}, or {@code fault:<kind>}
 */
public record RecordedCall(Instant at, String system, String method, String key, String outcome) {

  /** The outcome of a call that did what it was asked to. */
  public static final String OK = "ok";

  /** Whether the third party did what it was asked to, even if its answer was lost on the way. */
  public boolean succeeded() {
    return outcome.equals(OK) || outcome.startsWith(OK + ",");
  }

  /** As JSON, times as ISO-8601 text. */
  public ObjectNode toJson() {
    return Json.object()
        .put("at", at.toString())
        .put("system", system)
        .put("method", method)
        .put("key", key)
        .put("outcome", outcome);
  }

  /** The inverse of {@link #toJson}. */
  public static RecordedCall fromJson(JsonNode json) {
    return new RecordedCall(
        Instant.parse(json.path("at").asText()),
        json.path("system").asText(),
        json.path("method").asText(),
        json.path("key").asText(),
        json.path("outcome").asText());
  }
}
