package dev.slipway.local.sandbox.accounts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.local.sandbox.world.HttpAnswer;
import dev.slipway.local.sandbox.world.HttpCall;
import dev.slipway.local.sandbox.world.Json;
import dev.slipway.local.sandbox.world.Refusal;
import dev.slipway.local.sandbox.world.RestCall;
import dev.slipway.local.sandbox.world.RestStandIn;
import dev.slipway.local.sandbox.world.SandboxDefaults;
import dev.slipway.local.sandbox.world.Site;
import dev.slipway.local.sandbox.world.World;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The HTTP API of Pusher Channels with its signatures, by the vendor's reference; unverified: the
 * answers to an app of another cluster. The world's part {@code pusher.apps}: id to {@code key},
 * {@code secret}, {@code cluster}, {@code events}.
 */
public final class Pusher extends RestStandIn {
  private static final String SYSTEM = "pusher";
  private static final int WINDOW_SECONDS = 600;

  private final World world;
  private final InstantSource clock;

  /** Pusher with the world's apps. */
  public Pusher(World world, InstantSource clock) {
    super(world, SYSTEM, Site.https("*.pusher.com", "203.0.113.152"));
    this.world = world;
    this.clock = clock;
    on("GET /apps/{id}/channels", this::channels);
    on("POST /apps/{id}/events", this::event);
  }

  @Override
  public ObjectNode defaults() {
    ObjectNode part = Json.object();
    ObjectNode apps = part.putObject("apps");
    for (String environment : new String[] {"uat", "production"}) {
      apps.putObject(SandboxDefaults.pusherApp(environment))
          .put("key", SandboxDefaults.pusherKey(environment))
          .put("secret", SandboxDefaults.pusherSecret(environment))
          .put("cluster", "eu")
          .putArray("events");
    }
    return part;
  }

  private HttpAnswer channels(RestCall call) {
    signed(call, world.read(SYSTEM, part -> part.path("apps").deepCopy()));
    ObjectNode answer = Json.object();
    answer.putObject("channels");
    return ok(answer);
  }

  private HttpAnswer event(RestCall call) {
    JsonNode event = call.json();
    return world.change(
        SYSTEM,
        part -> {
          signed(call, part.path("apps"));
          part.withObjectProperty("apps")
              .withObjectProperty(call.path("id"))
              .withArrayProperty("events")
              .add(event);
          return ok(Json.object());
        });
  }

  private void signed(RestCall call, JsonNode apps) {
    HttpCall http = call.http();
    JsonNode app = apps.path(call.path("id"));
    Map<String, String> query = new TreeMap<>(http.parameters());
    String signature = query.remove("auth_signature");
    String cluster = "api-" + app.path("cluster").asText() + ".pusher.com";
    if (app.path("disabled").asBoolean()) {
      throw refusal(403, "App disabled or over quota");
    }
    if (app.isMissingNode()) {
      throw refusal(404, "Unknown app_id");
    }
    if (!http.host().equals(cluster) || !app.path("key").asText().equals(query.get("auth_key"))) {
      throw refusal(401, "Unknown auth_key");
    }
    Instant at = Instant.ofEpochSecond(Long.parseLong(query.getOrDefault("auth_timestamp", "0")));
    if (Math.abs(clock.instant().getEpochSecond() - at.getEpochSecond()) > WINDOW_SECONDS) {
      throw refusal(401, "Timestamp expired: Given timestamp not within 600s of server time");
    }
    String parameters =
        query.entrySet().stream()
            .map(field -> field.getKey() + "=" + field.getValue())
            .collect(Collectors.joining("&"));
    String text = http.method() + "\n" + http.path() + "\n" + parameters;
    boolean isOfBody = http.body().length == 0 || md5(http.body()).equals(query.get("body_md5"));
    if (!isOfBody || !hmac(app.path("secret").asText(), text).equals(signature)) {
      throw refusal(
          401, "Invalid signature: you should have sent HmacSHA256Hex(\"" + text + "\", secret)");
    }
  }

  private static Refusal refusal(int status, String text) {
    return new Refusal(HttpAnswer.text(status, text + "\n"));
  }

  private static String md5(byte[] body) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String hmac(String secret, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
