package dev.slipway.systems.prometheus;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.systems.net.HttpAnswer;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.systems.net.SystemTrouble;
import dev.slipway.systems.rest.JsonApi;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Asks a Prometheus how it is. Everything here reads only.
 *
 * <pre>{@code
 * PrometheusClient prometheus = new PrometheusClient(http, url, Optional.empty());
 * prometheus.ready();
 * Optional<Instant> newest = prometheus.newestSample();
 * }</pre>
 */
public final class PrometheusClient {

  /** When the newest reading of any target was taken, in seconds since 1970. */
  private static final String NEWEST = "max(timestamp(up))";

  private final JsonApi api;

  /**
   * A client of one server.
   *
   * @param base its address, a path in front of the API included
   * @param login if the server wants one
   */
  public PrometheusClient(HttpPort http, URI base, Optional<BasicLogin> login) {
    this.api = MonitoringApi.of(http, base, login);
  }

  /** Scheme, host and port of the server. */
  public String against() {
    return api.against();
  }

  /** Returns normally when the server says that it is ready. */
  public void ready() {
    api.get("readiness", "-/ready");
  }

  /**
   * The server's version.
   *
   * @throws SystemTrouble {@code NOT_UNDERSTOOD} when there is none: other services answer {@code
   *     "status": "success"} too
   */
  public String version() {
    HttpAnswer answer = api.get("build information", "api/v1/status/buildinfo");
    String version = data(answer).path("version").asText("");
    if (version.isBlank()) {
      throw notPrometheus(answer, ": it names no version.");
    }
    return version;
  }

  /** The targets that the server watches at present. */
  public Targets targets() {
    TargetsReader reader = new TargetsReader();
    HttpAnswer answer = api.send(api.call("targets", "api/v1/targets?state=active"), reader);
    if (!reader.isUnderstood()) {
      throw notPrometheus(answer, ": it lists no targets.");
    }
    return reader.targets();
  }

  /** When the newest sample was taken; empty when there is none at all. */
  public Optional<Instant> newestSample() {
    JsonNode value =
        data(api.get("newest sample", "api/v1/query", Map.of("query", NEWEST)))
            .path("result")
            .path(0)
            .path("value")
            .path(1);
    try {
      return value.isTextual()
          ? Optional.of(
              Instant.ofEpochMilli(new BigDecimal(value.asText()).movePointRight(3).longValue()))
          : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** The Alertmanagers that the server sends its alerts to. */
  public List<String> alertmanagers() {
    List<String> urls = new ArrayList<>();
    data(api.get("alertmanagers", "api/v1/alertmanagers"))
        .path("activeAlertmanagers")
        .forEach(manager -> urls.add(manager.path("url").asText("")));
    return urls;
  }

  private static JsonNode data(HttpAnswer answer) {
    JsonNode tree = answer.json();
    if (tree.has("error")) {
      throw answer.trouble(
          SystemTrouble.Kind.REJECTED,
          answer.call().against() + " did not carry out the query: " + tree.path("error").asText());
    }
    if (!tree.path("status").asText("").equals("success")) {
      throw notPrometheus(answer, ".");
    }
    return tree.path("data");
  }

  private static SystemTrouble notPrometheus(HttpAnswer answer, String why) {
    return answer.trouble(
        SystemTrouble.Kind.NOT_UNDERSTOOD,
        answer.call().against() + " did not answer as Prometheus does" + why);
  }
}
