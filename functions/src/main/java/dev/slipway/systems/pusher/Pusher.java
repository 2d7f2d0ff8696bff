package dev.slipway.systems.pusher;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.systems.net.Bytes;
import dev.slipway.systems.net.Destination;
import dev.slipway.systems.net.HttpAnswer;
import dev.slipway.systems.net.HttpCall;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.systems.net.SystemTrouble;
import dev.slipway.systems.net.SystemTrouble.Kind;
import dev.slipway.systems.rest.JsonApi;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The HTTP API of one app of Pusher Channels. Each request is signed over method, path and query
 * (pusher.com/docs/channels/library_auth_reference/rest-api). An app lives in one cluster. How
 * another cluster answers its key is unverified; 401 and 404 are expected.
 *
 * <pre>{@code
 * Pusher pusher =
 *     new Pusher(http, clock, Pusher.address("eu"), new Pusher.App("1234", key, secret));
 * pusher.channels();                                        // how many are occupied
 * pusher.trigger("slipway-check", "checked", Map.of());
 * }</pre>
 */
public final class Pusher {
  /** The system's name, as in the credential's name. */
  public static final String SYSTEM = "pusher";

  private static final HexFormat HEX = HexFormat.of();

  private final JsonApi api;
  private final InstantSource clock;
  private final App app;

  /**
   * An app and its keys.
   *
   * @param id digits
   */
  public record App(String id, String key, String secret) {}

  /**
   * Speaks as this app.
   *
   * @param clock tells the time that goes into each signature
   * @param base the address of the app's cluster
   * @throws SystemTrouble of kind {@code INPUT} for an app id that can be none
   */
  public Pusher(HttpPort http, InstantSource clock, URI base, App app) {
    if (!app.id().matches("\\d{1,20}")) {
      throw input("The app id is a number: see the page App Keys.");
    }
    this.clock = clock;
    this.app = app;
    this.api =
        new JsonApi(http, SYSTEM, Destination.VENDOR, base)
            .redacting(app.secret(), app.key())
            .withErrors(this::refuse);
  }

  /**
   * The address of a cluster.
   *
   * @param cluster such as {@code eu}
   * @throws SystemTrouble of kind {@code INPUT} for what can be none
   */
  public static URI address(String cluster) {
    if (!cluster.matches("[a-z0-9-]{2,20}")) {
      throw input("A cluster is a short name such as eu: see the page App Keys.");
    }
    return URI.create("https://api-" + cluster + ".pusher.com/");
  }

  private static SystemTrouble input(String message) {
    return new SystemTrouble(SYSTEM, Kind.INPUT, message, "app", SYSTEM, "");
  }

  /** Scheme and host. */
  public String against() {
    return api.against();
  }

  /** How many channels are occupied, which proves the keys. */
  public int channels() {
    HttpAnswer answer = api.send(signed("channels", "GET", "channels", Bytes.NONE));
    JsonNode channels = answer.json().path("channels");
    if (!channels.isObject()) {
      throw answer.trouble(Kind.NOT_UNDERSTOOD, "Pusher's answer is no list of channels.");
    }
    return channels.size();
  }

  /** Sends an event on a channel, which nobody has to listen to; Pusher keeps none. */
  public void trigger(String channel, String event, Map<String, String> data) {
    ObjectNode values = JsonNodeFactory.instance.objectNode();
    new TreeMap<>(data).forEach(values::put);
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("name", event);
    body.putArray("channels").add(channel);
    body.put("data", values.toString());
    Bytes bytes = Bytes.of(body.toString());
    HttpAnswer answer =
        api.send(signed("event", "POST", "events", bytes).body("application/json", bytes));
    if (!answer.json().isObject()) {
      throw answer.trouble(Kind.NOT_UNDERSTOOD, "Pusher's answer to an event is no object.");
    }
  }

  private HttpCall signed(String asked, String method, String path, Bytes body) {
    String resource = "apps/" + app.id() + "/" + path;
    Map<String, String> query = new TreeMap<>();
    query.put("auth_key", app.key());
    query.put("auth_timestamp", String.valueOf(clock.instant().getEpochSecond()));
    query.put("auth_version", "1.0");
    if (body.size() > 0) {
      query.put("body_md5", md5(body));
    }
    String parameters =
        query.entrySet().stream()
            .map(field -> field.getKey() + "=" + field.getValue())
            .collect(Collectors.joining("&"));
    String signature = signature(app.secret(), method + "\n/" + resource + "\n" + parameters);
    return api.call(asked, resource + "?" + parameters + "&auth_signature=" + signature)
        .method(method)
        .redacting(signature);
  }

  private void refuse(HttpAnswer answer) {
    String said = answer.text();
    if (answer.status() == 401) {
      throw said.contains("imestamp expired")
          ? answer.trouble(
              Kind.REJECTED, "Pusher's clock and Slipway's are more than ten minutes apart.")
          : answer.trouble(
              Kind.AUTHENTICATION_FAILED,
              said.contains("signature")
                  ? "Pusher knows the key, and the secret is not that of the key."
                  : "Pusher does not know the key at " + api.against() + ".");
    }
    if (answer.status() == 403) {
      throw answer.trouble(
          Kind.NOT_PERMITTED,
          "Pusher has disabled the app, or its quota is used up: look into the app's page.");
    }
    if (answer.status() == 404 && said.contains("app_id")) {
      throw answer.trouble(
          Kind.WRONG_PLACE,
          "Pusher has no such app at "
              + api.against()
              + ": the app id, or the cluster, is another's.");
    }
  }

  private static String md5(Bytes body) {
    try {
      return HEX.formatHex(MessageDigest.getInstance("MD5").digest(body.toArray()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The hexadecimal HMAC-SHA256 of a text. */
  static String signature(String secret, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return HEX.formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
