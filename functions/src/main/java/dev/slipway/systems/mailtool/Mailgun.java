package dev.slipway.systems.mailtool;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.systems.net.Destination;
import dev.slipway.systems.net.HttpAnswer;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.systems.net.SystemTrouble.Kind;
import dev.slipway.systems.rest.Authentication;
import dev.slipway.systems.rest.JsonApi;
import java.net.URI;
import java.util.Map;

/**
 * Mailgun. A domain lives in one of its two regions. By the vendor's OpenAPI description;
 * unverified against an account.
 */
public final class Mailgun {

  /** The system's name, as in the credential's name. */
  public static final String SYSTEM = "mailgun";

  /** Its address by region. */
  public static final Map<String, URI> BASES =
      Map.of(
          "us", URI.create("https://api.mailgun.net/"),
          "eu", URI.create("https://api.eu.mailgun.net/"));

  private final JsonApi api;

  /** Speaks with this account's key at this address. */
  public Mailgun(HttpPort http, URI base, String key) {
    this.api =
        new JsonApi(http, SYSTEM, Destination.VENDOR, base).with(Authentication.basic("api", key));
  }

  /** The host that is asked. */
  public String against() {
    return api.against();
  }

  /** How many domains the account has there. The key of one domain may not ask this. */
  public int domains() {
    HttpAnswer answer = api.get("domains", "v4/domains?limit=1");
    JsonNode list = answer.json();
    if (!list.path("total_count").isInt() || !list.path("items").isArray()) {
      throw answer.trouble(Kind.NOT_UNDERSTOOD, "Mailgun's answer is no list of domains.");
    }
    return list.path("total_count").asInt();
  }
}
