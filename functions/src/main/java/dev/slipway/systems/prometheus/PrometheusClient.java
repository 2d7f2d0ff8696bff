package dev.slipway.systems.prometheus;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.systems.net.HttpAnswer;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.systems.net.SystemTrouble;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Asks a Prometheus how it is. Everything here reads only. */
public final class PrometheusClient {

  /** When the newest reading of any target was taken, in seconds since 1970. */
  private static final String NEWEST = "max(timestamp(up))";

  private final ApiCalls calls;

  /**
   * A client of one server.
   *
   * @param base its address, a path in front of the API included
   * @param login if the server wants one
   */
  public PrometheusClient(HttpPort http, URI base, Optional<BasicLogin> login) {
    this.calls = new ApiCalls(http, base, login);
  }

  /** Scheme, host and port of the server. */
  public String against() {
    return calls.against();
  }

  /** Returns normally when the server says that it is ready. */
  public void ready() {
    calls.send(calls.get("readiness", "-/ready"));
  }

  /** The server's version. */
  public String version() {
    JsonNode data = data("build information", "api/v1/status/buildinfo");
    return data.path("version").asText("unknown");
  }

  /** What the server watches at present. */
  public List<Target> targets() {
    List<Target> targets = new ArrayList<>();
    for (JsonNode target : data("targets", "api/v1/targets?state=active").path("activeTargets")) {
      targets.add(
          new Target(
              target.path("labels").path("job").asText(""),
              target.path("scrapeUrl").asText(""),
              target.path("health").asText("").equals("up"),
              target.path("lastError").asText("")));
    }
    return targets;
  }

  /** When the newest sample was taken; empty when there is none at all. */
  public Optional<Instant> newestSample() {
    String path = "api/v1/query?query=" + URLEncoder.encode(NEWEST, StandardCharsets.UTF_8);
    JsonNode value = data("newest sample", path).path("result").path(0).path("value").path(1);
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
    data("alertmanagers", "api/v1/alertmanagers")
        .path("activeAlertmanagers")
        .forEach(manager -> urls.add(manager.path("url").asText("")));
    return urls;
  }

  private JsonNode data(String asked, String path) {
    HttpAnswer answer = calls.send(calls.get(asked, path));
    JsonNode tree = answer.json();
    if (!tree.path("status").asText("").equals("success")) {
      throw answer.trouble(
          tree.has("error") ? SystemTrouble.Kind.REJECTED : SystemTrouble.Kind.NOT_UNDERSTOOD,
          answer.call().against()
              + " did not answer as Prometheus does"
              + (tree.has("error") ? ": " + tree.path("error").asText() : "."));
    }
    return tree.path("data");
  }
}
