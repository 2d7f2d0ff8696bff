package dev.slipway.systems.newrelic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.slipway.systems.net.Destination;
import dev.slipway.systems.net.HttpAnswer;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.systems.net.SystemTrouble.Kind;
import dev.slipway.systems.rest.GraphQlErrors;
import dev.slipway.systems.rest.JsonApi;
import java.net.URI;
import java.util.Map;
import java.util.TreeMap;

/**
 * NerdGraph, New Relic's GraphQL API. It answers errors, even that it is asked too often, with HTTP
 * 200; the classes of errors are those of New Relic's own Go client. Unverified against an account.
 */
public final class NerdGraph {

  /** The system's name, as in the credential's name. */
  public static final String SYSTEM = "new-relic";

  /** Its address by the region of the account. */
  public static final Map<String, URI> BASES =
      Map.of(
          "us", URI.create("https://api.newrelic.com/"),
          "eu", URI.create("https://api.eu.newrelic.com/"));

  private static final GraphQlErrors ERRORS =
      new GraphQlErrors(
          Map.of(
              "BAD_API_KEY", Kind.AUTHENTICATION_FAILED,
              "ACCESS_DENIED", Kind.NOT_PERMITTED,
              "TOO_MANY_REQUESTS", Kind.RATE_LIMITED,
              "TIMEOUT", Kind.TIMED_OUT,
              "INTERNAL_SERVER_ERROR", Kind.OUT_OF_ORDER,
              "SERVER_ERROR", Kind.OUT_OF_ORDER));

  private final JsonApi api;

  /**
   * The accounts that a key's user sees.
   *
   * @param against the host that was asked
   * @param accounts names by ids
   */
  public record Access(String against, Map<String, String> accounts) {
    public Access {
      accounts = Map.copyOf(accounts);
    }
  }

  /** Speaks with this user's key at this address. */
  public NerdGraph(HttpPort http, URI base, String apiKey) {
    this.api =
        new JsonApi(http, SYSTEM, Destination.VENDOR, base)
            .with(call -> call.header("Api-Key", apiKey).redacting(apiKey))
            .withErrors(ERRORS);
  }

  /** The accounts that the key's user sees. */
  public Access access() {
    HttpAnswer answer = ask("user and accounts", "{actor{user{id} accounts{id name}}}");
    JsonNode actor = answer.json().at("/data/actor");
    if (actor.at("/user/id").asText().isEmpty() || !actor.path("accounts").isArray()) {
      throw answer.trouble(Kind.NOT_UNDERSTOOD, "New Relic's answer names no user.");
    }
    Map<String, String> accounts = new TreeMap<>();
    actor
        .path("accounts")
        .forEach(each -> accounts.put(each.path("id").asText(), each.path("name").asText()));
    return new Access(api.against(), accounts);
  }

  private HttpAnswer ask(String asked, String query) {
    return api.ask(asked, "graphql", JsonNodeFactory.instance.objectNode().put("query", query));
  }
}
