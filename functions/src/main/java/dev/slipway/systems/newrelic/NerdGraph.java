package dev.slipway.systems.newrelic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.json.Json;
import dev.slipway.systems.net.Destination;
import dev.slipway.systems.net.HttpAnswer;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.systems.net.SystemTrouble;
import dev.slipway.systems.net.SystemTrouble.Kind;
import dev.slipway.systems.rest.GraphQlErrors;
import dev.slipway.systems.rest.JsonApi;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * NerdGraph, New Relic's GraphQL API. It answers errors, even that it is asked too often, with HTTP
 * 200; the classes of errors are those of New Relic's own Go client. Unverified against an account.
 *
 * <pre>{@code
 * NerdGraph newRelic = new NerdGraph(http, NerdGraph.BASES.get("eu"), apiKey);
 * Optional<String> account = newRelic.managedAccount("customer-uat");
 * Set<String> hosts = newRelic.account(account.orElseThrow()).hosts();
 * }</pre>
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

  /** The types of the errors that stand within {@code data}; any other is a rejection. */
  private static final Map<String, Kind> WITHIN =
      Map.of(
          "UNAUTHORIZED", Kind.NOT_PERMITTED,
          "FORBIDDEN", Kind.NOT_PERMITTED,
          "ACCESS_DENIED", Kind.NOT_PERMITTED,
          "NOT_FOUND", Kind.NOT_FOUND,
          "INTERNAL_SERVER_ERROR", Kind.OUT_OF_ORDER);

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

  /** Scheme and host, which a report may name. */
  public String against() {
    return api.against();
  }

  /** The accounts that the key's user sees. */
  public Access access() {
    HttpAnswer answer = send(Operation.ACCESS, Map.of());
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

  /**
   * The id of the organization's account of this name that is not cancelled; names are not unique,
   * so one that only its maker gives.
   */
  public Optional<String> managedAccount(String name) {
    return ask(Operation.MANAGED_ACCOUNTS, Map.of())
        .valueStream()
        .filter(account -> account.path("name").asText().equals(name))
        .filter(account -> !account.path("isCanceled").asBoolean())
        .map(account -> account.path("id").asText())
        .findFirst();
  }

  /**
   * Creates an account below the organization, and answers its id.
   *
   * @param region {@code us} or {@code eu}
   * @throws SystemTrouble of kind {@code NOT_PERMITTED} too where the key's user belongs to several
   *     organizations, below which New Relic creates none by this API
   */
  public String createAccount(String name, String region) {
    try {
      return ask(
              Operation.CREATE_ACCOUNT,
              Map.of("managedAccount", Map.of("name", name, "regionCode", region + "01")))
          .at("/managedAccount/id")
          .asText();
    } catch (SystemTrouble trouble) {
      throw trouble.getMessage().contains("multiple parent account")
          ? trouble.as(Kind.NOT_PERMITTED, trouble.getMessage())
          : trouble;
    }
  }

  /** The users of the organization. */
  public Users users() {
    return new Users(this);
  }

  /** What one account is told by agents and monitors. */
  public MonitoredAccount account(String id) {
    return new MonitoredAccount(this, Long.parseLong(id));
  }

  /** Whom one account alerts, and of what. */
  public Alerts alerts(String account) {
    return new Alerts(this, Long.parseLong(account));
  }

  /**
   * The answer of an operation.
   *
   * @throws SystemTrouble too for errors that stand within {@code data}, and if nothing is there
   */
  JsonNode ask(Operation operation, Map<String, ?> variables) {
    HttpAnswer answer = send(operation, variables);
    JsonNode found = answer.json().at("/data" + operation.pointer());
    JsonNode error =
        found.path("errors").path(0).isObject() ? found.at("/errors/0") : found.path("error");
    if (error.isObject()) {
      throw within(answer, error);
    }
    if (found.isMissingNode() || (operation.changes() && found.isNull())) {
      throw answer.trouble(
          Kind.NOT_UNDERSTOOD,
          "New Relic's answer to %s says nothing of it.".formatted(operation.asked()));
    }
    return found;
  }

  private HttpAnswer send(Operation operation, Map<String, ?> variables) {
    ObjectNode body = Json.MAPPER.createObjectNode().put("query", operation.document());
    body.set("variables", Json.tree(variables));
    return operation.changes()
        ? api.post(operation.asked(), "graphql", body)
        : api.ask(operation.asked(), "graphql", body);
  }

  private static SystemTrouble within(HttpAnswer answer, JsonNode error) {
    String type = error.path("type").asText(error.path("errorClass").asText());
    return answer.trouble(
        WITHIN.getOrDefault(type, Kind.REJECTED),
        "New Relic answered %s with an error: %s (%s)."
            .formatted(
                answer.call().asked(),
                error.path("description").asText(error.path("message").asText("no message")),
                type));
  }
}
