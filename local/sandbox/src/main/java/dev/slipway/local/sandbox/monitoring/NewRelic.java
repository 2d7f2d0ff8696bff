package dev.slipway.local.sandbox.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.local.sandbox.world.Act;
import dev.slipway.local.sandbox.world.Fault;
import dev.slipway.local.sandbox.world.GraphQlRequest;
import dev.slipway.local.sandbox.world.GraphQlRequest.Resolver;
import dev.slipway.local.sandbox.world.HttpAnswer;
import dev.slipway.local.sandbox.world.Json;
import dev.slipway.local.sandbox.world.Refusal;
import dev.slipway.local.sandbox.world.RestCall;
import dev.slipway.local.sandbox.world.RestStandIn;
import dev.slipway.local.sandbox.world.SandboxDefaults;
import dev.slipway.local.sandbox.world.Site;
import dev.slipway.local.sandbox.world.World;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * New Relic's NerdGraph in two regions, one organization each, by New Relic's documentation and its
 * Go client. A key that is not known in a region is answered with HTTP 401 and {@code BAD_API_KEY},
 * every other error with HTTP 200. Unverified: the words of errors, and how long access, index and
 * incidents take.
 *
 * <p>The world's part {@code new-relic}: {@code us} and {@code eu}, each with {@code keys} (by key:
 * {@code denied}, the names of fields that its user may not ask for), {@code severalParents},
 * {@code domains}, {@code users}, {@code groups} ({@link NewRelicUsers}) and {@code accounts} by id
 * ({@link NewRelicAccounts}, {@link NewRelicAlerts}).
 *
 * <p>Acts: {@code report-to-new-relic} ({@code account}, the id or the end of the newest's name;
 * {@code applications}, {@code hosts}), {@code sign-in-to-new-relic} ({@code email}), {@code
 * fire-alert} ({@code account}, {@code condition}).
 */
public final class NewRelic extends RestStandIn {

  private static final String SYSTEM = "new-relic";
  private static final List<String> REGIONS = List.of("us", "eu");

  private final World world;
  private final InstantSource clock;

  /** New Relic with the world's keys. */
  public NewRelic(World world, InstantSource clock) {
    super(
        world,
        SYSTEM,
        Site.https("api.newrelic.com", "203.0.113.130"),
        Site.https("api.eu.newrelic.com", "203.0.113.131"));
    this.world = world;
    this.clock = clock;
    on("POST api.newrelic.com/graphql", call -> answer("us", call));
    on("POST api.eu.newrelic.com/graphql", call -> answer("eu", call));
  }

  @Override
  public ObjectNode defaults() {
    ObjectNode part = Json.object();
    for (String region : REGIONS) {
      ObjectNode organization = part.putObject(region);
      organization.putObject("keys");
      ObjectNode accounts = organization.putObject("accounts");
      if (region.equals("us")) {
        organization.withObjectProperty("keys").putObject(SandboxDefaults.NEW_RELIC_KEY);
        accounts.putObject("1000001").put("name", "Acme (uat)");
        accounts.putObject("1000002").put("name", "Acme (production)");
      }
      organization
          .putObject("domains")
          .putObject("domain-1")
          .put("name", "Default")
          .put("provisioningType", "MANUAL");
    }
    return part;
  }

  @Override
  protected String key(RestCall call) {
    return GraphQlRequest.of(call.json()).path();
  }

  @Override
  public HttpAnswer okWithError(Fault fault) {
    return error(
            200,
            "It is so.",
            "errorClass",
            fault.message().isEmpty() ? "TOO_MANY_REQUESTS" : fault.message())
        .answer();
  }

  private HttpAnswer answer(String region, RestCall call) {
    GraphQlRequest request = GraphQlRequest.of(call.json());
    String key = call.http().header("api-key").orElse("");
    return world.change(
        SYSTEM,
        part -> {
          ObjectNode organization = part.withObjectProperty(region);
          JsonNode user = organization.path("keys").path(key);
          if (!user.isObject()) {
            throw error(401, "Bad API Key or no API Key provided", "error_code", "BAD_API_KEY");
          }
          if (Json.strings(user.path("denied")).stream().anyMatch(request::asksFor)) {
            throw error(200, "unauthorized", "errorClass", "ACCESS_DENIED");
          }
          ObjectNode answer = Json.object();
          answer.set("data", request.answer(resolvers(organization)));
          return ok(answer);
        });
  }

  private static Map<String, Resolver> resolvers(ObjectNode organization) {
    Map<String, Resolver> all = new HashMap<>();
    all.put("actor.user", asked -> Json.object().put("id", 1));
    all.putAll(new NewRelicAccounts(organization).resolvers());
    all.putAll(new NewRelicUsers(organization).resolvers());
    all.putAll(new NewRelicAlerts(organization).resolvers());
    return all;
  }

  /** An error of NerdGraph, whose class stands in one of several members. */
  static Refusal error(int status, String message, String member, String code) {
    ObjectNode answer = Json.object();
    ObjectNode error = answer.putArray("errors").addObject().put("message", message);
    error.putObject("extensions").put(member, code);
    return new Refusal(HttpAnswer.json(status, answer).noted("error"));
  }

  /** The next id of whatever, above those that are there. */
  static String nextId(ObjectNode organization) {
    int id = organization.path("nextId").asInt(2_000_000) + 1;
    organization.put("nextId", id);
    return String.valueOf(id);
  }

  @Override
  public Map<String, Act> acts() {
    return Map.of(
        "report-to-new-relic", this::report,
        "sign-in-to-new-relic", this::signIn,
        "fire-alert", this::fire);
  }

  private JsonNode report(JsonNode details) {
    return world.change(
        SYSTEM,
        part -> {
          ObjectNode account = account(part, details.path("account").asText());
          details
              .path("hosts")
              .forEach(host -> account.withArrayProperty("hosts").add(host.asText()));
          details
              .path("applications")
              .forEach(
                  name ->
                      account
                          .withObjectProperty("applications")
                          .withObjectProperty(name.asText())
                          .put("reporting", true));
          return account.deepCopy();
        });
  }

  private JsonNode signIn(JsonNode details) {
    return world.change(
        SYSTEM,
        part ->
            REGIONS.stream()
                .flatMap(region -> part.path(region).path("users").valueStream())
                .filter(user -> user.path("email").equals(details.path("email")))
                .map(user -> ((ObjectNode) user).put("lastActive", clock.instant().toString()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no such user")));
  }

  private JsonNode fire(JsonNode details) {
    return world.change(
        SYSTEM,
        part -> {
          ObjectNode account = account(part, details.path("account").asText());
          return NewRelicAlerts.open(account, details.path("condition").asText());
        });
  }

  private static ObjectNode account(ObjectNode part, String named) {
    return REGIONS.stream()
        .flatMap(region -> part.path(region).path("accounts").propertyStream())
        .filter(
            each ->
                each.getKey().equals(named)
                    || each.getValue().path("name").asText().endsWith(named))
        .map(each -> (ObjectNode) each.getValue())
        .reduce((earlier, later) -> later)
        .orElseThrow(() -> new IllegalArgumentException("there is no such account"));
  }
}
