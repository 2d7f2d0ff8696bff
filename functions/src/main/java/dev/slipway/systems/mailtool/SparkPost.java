package dev.slipway.systems.mailtool;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.systems.net.Destination;
import dev.slipway.systems.net.HttpAnswer;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.systems.net.SystemTrouble.Kind;
import dev.slipway.systems.rest.JsonApi;
import java.net.URI;
import java.util.Map;

/**
 * SparkPost. Accounts of its two regions are separate. By the vendor's API description; unverified
 * against an account.
 */
public final class SparkPost {

  /** The system's name, as in the credential's name. */
  public static final String SYSTEM = "sparkpost";

  /** Its address by the region of the account. */
  public static final Map<String, URI> BASES =
      Map.of(
          "us", URI.create("https://api.sparkpost.com/api/v1/"),
          "eu", URI.create("https://api.eu.sparkpost.com/api/v1/"));

  private final JsonApi api;

  /** Speaks with this key, which stands in the header without a scheme, at this address. */
  public SparkPost(HttpPort http, URI base, String key) {
    this.api =
        new JsonApi(http, SYSTEM, Destination.VENDOR, base)
            .with(call -> call.header("Authorization", key).redacting(key));
  }

  /** The host that is asked. */
  public String against() {
    return api.against();
  }

  /** The account's state, such as {@code active} or {@code suspended}. */
  public String state() {
    HttpAnswer answer = api.get("account", "account");
    JsonNode account = answer.json().path("results");
    if (!account.hasNonNull("customer_id") || !account.hasNonNull("status")) {
      throw answer.trouble(Kind.NOT_UNDERSTOOD, "SparkPost's answer is no account.");
    }
    return account.path("status").asText();
  }
}
