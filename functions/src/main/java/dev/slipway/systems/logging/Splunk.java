package dev.slipway.systems.logging;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.systems.net.Destination;
import dev.slipway.systems.net.HttpAnswer;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.systems.net.SystemTrouble.Kind;
import dev.slipway.systems.rest.Authentication;
import dev.slipway.systems.rest.JsonApi;
import java.net.URI;

/**
 * Splunk in its two forms: Splunk Cloud by the Admin Config Service at the vendor, Splunk
 * Enterprise by the REST API of the customer's own server. Unverified against either: requests and
 * answers are those of the vendor's manuals.
 */
public final class Splunk {

  /** The system's name, as in the credential's name. */
  public static final String SYSTEM = "splunk";

  private static final URI CLOUD = URI.create("https://admin.splunk.com/");

  private final JsonApi api;

  private Splunk(JsonApi api) {
    this.api = api;
  }

  /** Splunk Cloud, with a token of a user who may administer the stack. */
  public static Splunk cloud(HttpPort http, String token) {
    return new Splunk(
        new JsonApi(http, SYSTEM, Destination.VENDOR, CLOUD).with(Authentication.bearer(token)));
  }

  /** A server of the customer's own. */
  public static Splunk enterprise(HttpPort http, URI server, Authentication login) {
    return new Splunk(new JsonApi(http, SYSTEM, Destination.CUSTOMER, server).with(login));
  }

  /** The host that is asked. */
  public String against() {
    return api.against();
  }

  /**
   * Looks at a stack of Splunk Cloud. A trial stack has no Admin Config Service.
   *
   * @param stack its name, such as {@code acme}
   */
  public void requireStack(String stack) {
    HttpAnswer answer = api.get("stack status", stack + "/adminconfig/v2/status");
    if (!answer.json().path("infrastructure").isObject()) {
      throw answer.trouble(Kind.NOT_UNDERSTOOD, "Splunk Cloud's answer is no status of a stack.");
    }
  }

  /** The name of the user whom Splunk Enterprise takes the caller for. */
  public String user() {
    HttpAnswer answer =
        api.get("current user", "services/authentication/current-context?output_mode=json");
    JsonNode user = answer.json().at("/entry/0/content/username");
    if (!user.isTextual()) {
      throw answer.trouble(Kind.NOT_UNDERSTOOD, "Splunk's answer names no user.");
    }
    return user.asText();
  }
}
