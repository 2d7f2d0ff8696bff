package dev.slipway.local.sandbox.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.slipway.local.sandbox.mail.Mail;
import dev.slipway.local.sandbox.world.HttpAnswer;
import dev.slipway.local.sandbox.world.HttpCall;
import dev.slipway.local.sandbox.world.Journal;
import dev.slipway.local.sandbox.world.Json;
import dev.slipway.local.sandbox.world.RestCall;
import dev.slipway.local.sandbox.world.RestStandIn;
import dev.slipway.local.sandbox.world.SandboxDefaults;
import dev.slipway.local.sandbox.world.Site;
import dev.slipway.local.sandbox.world.World;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Alertmanager's API v2 (its OpenAPI description in the project's {@code api/v2/openapi.yaml}), on
 * 443 with TLS and on 9093 without. Alerts with the same labels are one alert; one that is new is
 * mailed to every receiver's address.
 *
 * <p>The world's part {@code alertmanager}: {@code version}, {@code auth}, {@code receivers}
 * ({@code name}, {@code email}), {@code silences} (ids; each covers everything), {@code alerts} by
 * fingerprint.
 */
public final class Alertmanager extends RestStandIn {

  private static final String SYSTEM = "alertmanager";
  private static final String ADDRESS = "203.0.113.51";
  private static final Duration RESOLVE_TIMEOUT = Duration.ofMinutes(5);
  private static final Pattern MATCHER = Pattern.compile("(?<!\\w)(\\w++)=\"?+([^\"]*+)\"?+");

  private final World world;
  private final Journal<Mail> mails;
  private final InstantSource clock;

  /** An Alertmanager that notifies by {@code mails}. */
  public Alertmanager(World world, Journal<Mail> mails, InstantSource clock) {
    super(
        world,
        SYSTEM,
        Site.https(SandboxDefaults.ALERTMANAGER_HOST, ADDRESS),
        new Site(SandboxDefaults.ALERTMANAGER_HOST, ADDRESS, 9093, Site.Transport.HTTP));
    this.world = world;
    this.mails = mails;
    this.clock = clock;
    on("GET /-/healthy", call -> HttpAnswer.text(200, "OK"));
    on("GET /-/ready", call -> HttpAnswer.text(200, "OK"));
    on("GET /api/v2/status", call -> ok(status()));
    on("GET /api/v2/receivers", call -> ok(receivers()));
    on("GET /api/v2/alerts", call -> ok(alerts(call.http())));
    on("POST /api/v2/alerts", call -> post(call.http()));
  }

  @Override
  public ObjectNode defaults() {
    ObjectNode part = Json.object().put("version", "0.25.0");
    part.set("auth", MonitoringLogin.defaults());
    part.putArray("receivers")
        .addObject()
        .put("name", "operations")
        .put("email", "operations@" + SandboxDefaults.MAIL_DOMAIN);
    part.putArray("silences");
    part.putObject("alerts");
    return part;
  }

  /** The names of the alerts that are posted. */
  @Override
  protected String key(RestCall call) {
    if (!call.http().method().equals("POST")) {
      return "";
    }
    try {
      return String.join(",", Json.parse(call.http().body()).findValuesAsText("alertname"));
    } catch (IOException e) {
      return "";
    }
  }

  @Override
  protected HttpAnswer unauthorized() {
    return MonitoringLogin.refusal();
  }

  @Override
  protected HttpAnswer notFound() {
    return HttpAnswer.text(404, "404 page not found\n");
  }

  private ObjectNode status() {
    String version = world.read(SYSTEM, part -> part.path("version").asText());
    ObjectNode status = Json.object();
    ObjectNode cluster = status.putObject("cluster").put("name", "sandbox").put("status", "ready");
    cluster.putArray("peers").addObject().put("name", "sandbox").put("address", "10.100.1.9:9094");
    status
        .putObject("versionInfo")
        .put("version", version)
        .put("branch", "HEAD")
        .put("revision", "sandbox")
        .put("buildUser", "sandbox")
        .put("buildDate", "20230201-00:00:00")
        .put("goVersion", "go1.19.5");
    status.putObject("config").put("original", "route:\n  receiver: operations\n");
    return status.put("uptime", clock.instant().minus(Duration.ofDays(1)).toString());
  }

  private ArrayNode receivers() {
    return world.read(
        SYSTEM,
        part -> {
          ArrayNode names = Json.array();
          for (JsonNode each : part.path("receivers")) {
            names.addObject().put("name", each.path("name").asText());
          }
          return names;
        });
  }

  private ArrayNode alerts(HttpCall call) {
    Map<String, String> wanted = new TreeMap<>();
    Stream.of(call.query().split("&", -1))
        .filter(pair -> pair.startsWith("filter="))
        .map(pair -> URLDecoder.decode(pair.substring(7), StandardCharsets.UTF_8))
        .map(MATCHER::matcher)
        .filter(Matcher::matches)
        .forEach(matcher -> wanted.put(matcher.group(1), matcher.group(2)));
    return world.read(
        SYSTEM,
        part -> {
          ArrayNode found = Json.array();
          for (JsonNode alert : part.path("alerts")) {
            boolean fits =
                wanted.entrySet().stream()
                    .allMatch(
                        each ->
                            alert
                                .path("labels")
                                .path(each.getKey())
                                .asText("")
                                .equals(each.getValue()));
            if (fits && Instant.parse(alert.path("endsAt").asText()).isAfter(clock.instant())) {
              ObjectNode listed = alert.deepCopy();
              listed.set("status", status(part));
              found.add(listed);
            }
          }
          return found;
        });
  }

  /** As at this moment: a silence covers also what was there before it. */
  private static ObjectNode status(JsonNode part) {
    ObjectNode status = Json.object();
    status.put("state", part.path("silences").isEmpty() ? "active" : "suppressed");
    status
        .putArray("silencedBy")
        .addAll(Json.strings(part.path("silences")).stream().map(TextNode::valueOf).toList());
    status.putArray("inhibitedBy");
    return status;
  }

  private HttpAnswer post(HttpCall call) {
    try {
      JsonNode posted = Json.parse(call.body());
      if (!posted.isArray()) {
        return bad("parsing alerts body from \"\" failed, because it is not an array");
      }
      for (JsonNode alert : posted) {
        if (alert.path("labels").isEmpty()) {
          return bad("at least one label pair required");
        }
      }
      posted.forEach(this::take);
      return HttpAnswer.empty(200);
    } catch (IOException | DateTimeParseException e) {
      return bad("parsing alerts body from \"\" failed");
    }
  }

  private static HttpAnswer bad(String message) {
    return HttpAnswer.json(400, Json.of(message));
  }

  private void take(JsonNode posted) {
    Map<String, String> labels = new TreeMap<>();
    posted
        .path("labels")
        .properties()
        .forEach(each -> labels.put(each.getKey(), each.getValue().asText()));
    String fingerprint = String.format("%016x", labels.toString().hashCode() & 0xffffffffL);
    Instant now = clock.instant();
    Instant ends = instant(posted.path("endsAt")).orElse(now.plus(RESOLVE_TIMEOUT));
    record Receiver(String name, String email) {}
    List<Receiver> told =
        world.change(
            SYSTEM,
            part -> {
              ObjectNode alerts = part.withObjectProperty("alerts");
              boolean fresh = !alerts.has(fingerprint);
              List<Receiver> receivers =
                  Stream.of(part.path("receivers"))
                      .flatMap(list -> list.valueStream())
                      .map(
                          each ->
                              new Receiver(
                                  each.path("name").asText(), each.path("email").asText("")))
                      .toList();
              ObjectNode alert = alerts.putObject(fingerprint);
              alert.set("labels", Json.of(labels));
              alert.set("annotations", posted.path("annotations").deepCopy());
              ArrayNode names = alert.putArray("receivers");
              receivers.forEach(each -> names.addObject().put("name", each.name()));
              alert
                  .put("fingerprint", fingerprint)
                  .put("startsAt", instant(posted.path("startsAt")).orElse(now).toString())
                  .put("endsAt", ends.toString())
                  .put("updatedAt", now.toString())
                  .put("generatorURL", posted.path("generatorURL").asText(""));
              boolean silent = !part.path("silences").isEmpty();
              return fresh && !silent && ends.isAfter(now) ? receivers : List.of();
            });
    for (Receiver each : told) {
      if (!each.email().isEmpty()) {
        String subject = "[FIRING:1] " + labels.getOrDefault("alertname", "");
        mails.add(
            new Mail(
                now,
                "alertmanager@" + SandboxDefaults.MAIL_DOMAIN,
                List.of(each.email()),
                "",
                subject,
                "Subject: " + subject + "\r\n\r\n" + labels));
      }
    }
  }

  private static Optional<Instant> instant(JsonNode time) {
    return time.isTextual()
        ? Optional.of(OffsetDateTime.parse(time.asText()).toInstant())
        : Optional.empty();
  }
}
