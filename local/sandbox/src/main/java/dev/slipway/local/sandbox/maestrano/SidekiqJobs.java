package dev.slipway.local.sandbox.maestrano;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.local.sandbox.world.HttpAnswer;
import dev.slipway.local.sandbox.world.HttpCall;
import dev.slipway.local.sandbox.world.Json;
import dev.slipway.local.sandbox.world.Refusal;
import java.util.List;

/**
 * Sidekiq Web 6.4.1 behind HTTP Basic, as {@code SidekiqIT} has seen it. The jobs of a server:
 * {@code user}, {@code password}, {@code processes} and the other numbers; {@code "open": true}
 * lets everybody in.
 */
final class SidekiqJobs {
  private static final List<String> NUMBERS =
      List.of(
          "processed",
          "failed",
          "busy",
          "processes",
          "enqueued",
          "scheduled",
          "retries",
          "dead",
          "default_latency");

  private SidekiqJobs() {}

  static HttpAnswer page() {
    return HttpAnswer.of(
        200, "text/html", "<!DOCTYPE html><html><head><title>Sidekiq</title></head></html>");
  }

  static HttpAnswer page(JsonNode jobs, HttpCall call) {
    requireLogin(jobs, call);
    return page();
  }

  static HttpAnswer stats(JsonNode jobs, HttpCall call) {
    requireLogin(jobs, call);
    ObjectNode stats = Json.object();
    ObjectNode sidekiq = stats.putObject("sidekiq");
    NUMBERS.forEach(name -> sidekiq.put(name, jobs.path(name).asInt()));
    stats.putObject("redis").put("redis_version", "7.0.15");
    stats.put("server_utc_time", "10:00:00 UTC");
    return HttpAnswer.json(200, stats);
  }

  private static void requireLogin(JsonNode jobs, HttpCall call) {
    boolean isOpen = jobs.path("open").asBoolean();
    boolean isKnown =
        call.basic()
            .filter(given -> given.user().equals(jobs.path("user").asText()))
            .filter(given -> given.password().equals(jobs.path("password").asText()))
            .isPresent();
    if (!isOpen && !isKnown) {
      throw new Refusal(HttpAnswer.empty(401).with("WWW-Authenticate", "Basic realm=\"\""));
    }
  }
}
