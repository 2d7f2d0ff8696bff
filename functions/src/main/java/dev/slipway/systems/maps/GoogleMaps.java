package dev.slipway.systems.maps;

import dev.slipway.systems.net.Destination;
import dev.slipway.systems.net.HttpAnswer;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.systems.net.SystemTrouble;
import dev.slipway.systems.net.SystemTrouble.Kind;
import dev.slipway.systems.rest.JsonApi;
import java.net.URI;
import java.util.Locale;
import java.util.Map;

/**
 * The Geocoding API of Google Maps, by the vendor's OpenAPI description. It answers errors with
 * HTTP 200 and a {@code status}; the words of {@code error_message} that tell a browser's key, a
 * missing bill and an address that may not ask are reported, not documented.
 */
public final class GoogleMaps {
  /** The system's name, as in the credential's name. */
  public static final String SYSTEM = "google-maps";

  private static final URI BASE = URI.create("https://maps.googleapis.com/maps/api/");
  private static final String ADDRESS = "10117 Berlin";

  private final JsonApi api;
  private final String key;

  /** From where a key may be used. */
  public enum Use {
    /** From here, or from anywhere. */
    HERE,
    /**
     * From servers at other addresses only: Google knows it, and a look from here proves no more.
     */
    ELSEWHERE
  }

  /** Speaks with this key. */
  public GoogleMaps(HttpPort http, String key) {
    this.key = key;
    this.api = new JsonApi(http, SYSTEM, Destination.VENDOR, BASE).redacting(key);
  }

  /** Scheme and host. */
  public String against() {
    return api.against();
  }

  /**
   * Locates an address, which proves the key.
   *
   * @throws SystemTrouble of kind {@code NOT_PERMITTED} for a browser's key, a project without
   *     billing, and one without the Geocoding API
   */
  public Use locate() {
    HttpAnswer answer = api.get("geocode", "geocode/json", Map.of("address", ADDRESS, "key", key));
    String said = answer.json().path("error_message").asText("");
    return switch (answer.json().path("status").asText()) {
      case "OK", "ZERO_RESULTS" -> Use.HERE;
      case "REQUEST_DENIED" -> denied(answer, said.toLowerCase(Locale.ROOT));
      case "OVER_DAILY_LIMIT" -> throw noBilling(answer);
      case "OVER_QUERY_LIMIT" ->
          throw answer.trouble(Kind.RATE_LIMITED, "Google limits how often the key may be used.");
      case "UNKNOWN_ERROR" ->
          throw answer.trouble(Kind.OUT_OF_ORDER, "Google reports trouble of its own.");
      case "INVALID_REQUEST" ->
          throw answer.trouble(Kind.REJECTED, "Google did not accept the request: " + said);
      default -> throw answer.trouble(Kind.NOT_UNDERSTOOD, "Google's answer is no geocoding.");
    };
  }

  private static Use denied(HttpAnswer answer, String said) {
    if (said.contains("this ip")) {
      return Use.ELSEWHERE;
    }
    if (said.contains("key is invalid") || said.contains("key is expired")) {
      throw answer.trouble(Kind.AUTHENTICATION_FAILED, "Google does not know the key.");
    }
    if (said.contains("referer")) {
      throw answer.trouble(
          Kind.NOT_PERMITTED,
          "The key is one for browsers (restricted by referrer), and the hub is a server: give a"
              + " key that is restricted by addresses.");
    }
    if (said.contains("billing")) {
      throw noBilling(answer);
    }
    throw answer.trouble(
        Kind.NOT_PERMITTED,
        "Google denies the key the Geocoding API: switch it on in the key's project, and allow it"
            + " among the key's restrictions.");
  }

  private static SystemTrouble noBilling(HttpAnswer answer) {
    return answer.trouble(
        Kind.NOT_PERMITTED,
        "The key's project has no billing, or has reached a limit of its own: look into Billing in"
            + " the Google Cloud console.");
  }
}
