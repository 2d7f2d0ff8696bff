package dev.slipway.systems.payment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.slipway.systems.net.Destination;
import dev.slipway.systems.net.HttpAnswer;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.systems.net.SystemTrouble.Kind;
import dev.slipway.systems.rest.Authentication;
import dev.slipway.systems.rest.GraphQlErrors;
import dev.slipway.systems.rest.JsonApi;
import java.net.URI;
import java.util.Map;

/**
 * Braintree's GraphQL API. Its sandbox and its production are separate, and errors come with HTTP
 * 200. By the vendor's published schema and its Java library; unverified against an account.
 */
public final class Braintree {

  /** Its address by environment. */
  public static final Map<String, URI> BASES =
      Map.of(
          "sandbox", URI.create("https://payments.sandbox.braintree-api.com/"),
          "production", URI.create("https://payments.braintree-api.com/"));

  private static final String VERSION = "2019-01-01";
  private static final GraphQlErrors ERRORS =
      new GraphQlErrors(
          Map.of(
              "AUTHENTICATION", Kind.AUTHENTICATION_FAILED,
              "AUTHORIZATION", Kind.NOT_PERMITTED,
              "RESOURCE_LIMIT", Kind.RATE_LIMITED,
              "SERVICE_AVAILABILITY", Kind.OUT_OF_ORDER,
              "INTERNAL", Kind.OUT_OF_ORDER));

  private final JsonApi api;

  /**
   * The merchant that a pair of keys belongs to.
   *
   * @param against the host that was asked
   */
  public record Merchant(String against, String id, String status) {}

  /** Speaks with this pair of keys at this address. */
  public Braintree(HttpPort http, URI base, String publicKey, String privateKey) {
    this.api =
        new JsonApi(http, PaymentGatewayCredentialTest.SYSTEM, Destination.VENDOR, base)
            .with(Authentication.basic(publicKey, privateKey))
            .with(call -> call.header("Braintree-Version", VERSION))
            .withErrors(ERRORS);
  }

  /** The merchant that the keys belong to. */
  public Merchant merchant() {
    HttpAnswer answer =
        api.ask(
            "merchant",
            "graphql",
            JsonNodeFactory.instance
                .objectNode()
                .put("query", "query { viewer { merchant { id status } } }"));
    JsonNode merchant = answer.json().at("/data/viewer/merchant");
    if (!merchant.hasNonNull("id")) {
      throw answer.trouble(Kind.NOT_UNDERSTOOD, "Braintree's answer names no merchant.");
    }
    return new Merchant(
        api.against(), merchant.path("id").asText(), merchant.path("status").asText());
  }
}
