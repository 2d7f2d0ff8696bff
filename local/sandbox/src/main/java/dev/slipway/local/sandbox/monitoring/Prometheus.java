package dev.slipway.local.sandbox.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.local.sandbox.world.HttpAnswer;
import dev.slipway.local.sandbox.world.Json;
import dev.slipway.local.sandbox.world.RestCall;
import dev.slipway.local.sandbox.world.RestStandIn;
import dev.slipway.local.sandbox.world.SandboxDefaults;
import dev.slipway.local.sandbox.world.Site;
import dev.slipway.local.sandbox.world.World;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Prometheus' HTTP API (version 2.x, prometheus.io/docs/prometheus/latest/querying/api; Basic
 * authentication as seen with 2.42), on 443 with TLS and on 9090 without.
 *
 * <p>The world's part {@code prometheus}: {@code version}, {@code ready}, {@code auth}, {@code
 * targets} ({@code job}, {@code instance}, {@code health} up or down, {@code lastError}), {@code
 * sampleAgeSeconds} (how old the newest sample is), {@code alertmanagers} (their URLs).
 */
public final class Prometheus extends RestStandIn {

  private static final String SYSTEM = "prometheus";
  private static final String ADDRESS = "203.0.113.50";

  private final World world;
  private final InstantSource clock;

  /** A Prometheus whose targets are in the world. */
  public Prometheus(World world, InstantSource clock) {
    super(
        world,
        SYSTEM,
        Site.https(SandboxDefaults.PROMETHEUS_HOST, ADDRESS),
        Site.https(SandboxDefaults.INSIDE_PROMETHEUS_HOST, "10.20.0.50"),
        new Site(SandboxDefaults.PROMETHEUS_HOST, ADDRESS, 9090, Site.Transport.HTTP));
    this.world = world;
    this.clock = clock;
    on("GET /-/healthy", call -> HttpAnswer.text(200, "Prometheus Server is Healthy.\n"));
    on("GET /-/ready", call -> ready());
    on("GET /api/v1/status/buildinfo", call -> success(buildInfo()));
    on("GET /api/v1/targets", call -> success(targets()));
    on("GET /api/v1/alertmanagers", call -> success(alertmanagers()));
    on("GET /api/v1/query", call -> query(call.parameter("query")));
    on("POST /api/v1/query", call -> query(call.parameter("query")));
  }

  @Override
  public ObjectNode defaults() {
    ObjectNode part = Json.object().put("version", "2.42.0").put("ready", true);
    part.set("auth", MonitoringLogin.defaults());
    part.put("sampleAgeSeconds", 5);
    ArrayNode targets = part.putArray("targets");
    target(targets, "platform", SandboxDefaults.PLATFORM_HOST + ":443");
    target(targets, "node", "hn1." + SandboxDefaults.REGION_DOMAIN + ":9100");
    target(targets, "node", "hn2." + SandboxDefaults.REGION_DOMAIN + ":9100");
    part.putArray("alertmanagers")
        .add("https://" + SandboxDefaults.ALERTMANAGER_HOST + "/api/v2/alerts");
    return part;
  }

  private static void target(ArrayNode targets, String job, String instance) {
    targets.addObject().put("job", job).put("instance", instance).put("health", "up");
  }

  @Override
  protected String key(RestCall call) {
    return call.parameter("query");
  }

  @Override
  protected HttpAnswer unauthorized() {
    return MonitoringLogin.refusal();
  }

  @Override
  protected HttpAnswer notFound() {
    return HttpAnswer.text(404, "404 page not found\n");
  }

  private HttpAnswer ready() {
    return world.read(SYSTEM, part -> part.path("ready").asBoolean())
        ? HttpAnswer.text(200, "Prometheus Server is Ready.\n")
        : HttpAnswer.text(503, "Service Unavailable");
  }

  private ObjectNode buildInfo() {
    String version = world.read(SYSTEM, part -> part.path("version").asText());
    return Json.object()
        .put("version", version)
        .put("revision", "sandbox")
        .put("branch", "HEAD")
        .put("buildUser", "sandbox")
        .put("buildDate", "20230201-00:00:00")
        .put("goVersion", "go1.19.5");
  }

  private ObjectNode targets() {
    return world.read(
        SYSTEM,
        part -> {
          ObjectNode data = Json.object();
          ArrayNode active = data.putArray("activeTargets");
          Instant scraped = clock.instant().minusSeconds(part.path("sampleAgeSeconds").asLong());
          for (JsonNode target : part.path("targets")) {
            ObjectNode entry = active.addObject();
            String instance = target.path("instance").asText();
            entry.putObject("discoveredLabels").put("__address__", instance);
            entry
                .putObject("labels")
                .put("instance", instance)
                .put("job", target.path("job").asText());
            entry
                .put("scrapePool", target.path("job").asText())
                .put("scrapeUrl", "http://" + instance + "/metrics")
                .put("globalUrl", "http://" + instance + "/metrics")
                .put("lastError", target.path("lastError").asText(""))
                .put("lastScrape", scraped.toString())
                .put("lastScrapeDuration", 0.01)
                .put("health", target.path("health").asText())
                .put("scrapeInterval", "15s")
                .put("scrapeTimeout", "10s");
          }
          data.putArray("droppedTargets");
          return data;
        });
  }

  private ObjectNode alertmanagers() {
    return world.read(
        SYSTEM,
        part -> {
          ObjectNode data = Json.object();
          ArrayNode active = data.putArray("activeAlertmanagers");
          Json.strings(part.path("alertmanagers"))
              .forEach(url -> active.addObject().put("url", url));
          data.putArray("droppedAlertmanagers");
          return data;
        });
  }

  private HttpAnswer query(String expression) {
    Samples samples =
        world.read(
            SYSTEM,
            part ->
                new Samples(
                    part.path("targets").deepCopy(),
                    clock.instant(),
                    Duration.ofSeconds(part.path("sampleAgeSeconds").asLong())));
    try {
      return success(samples.query(expression));
    } catch (IllegalArgumentException e) {
      return HttpAnswer.json(
          400,
          Json.object()
              .put("status", "error")
              .put("errorType", "bad_data")
              .put("error", e.getMessage()));
    }
  }

  private static HttpAnswer success(JsonNode data) {
    ObjectNode body = Json.object().put("status", "success");
    body.set("data", data);
    return ok(body);
  }
}
