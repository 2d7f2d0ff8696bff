package dev.slipway.local.sandbox.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.local.sandbox.world.HttpAnswer;
import dev.slipway.local.sandbox.world.Json;
import dev.slipway.local.sandbox.world.RestCall;
import dev.slipway.local.sandbox.world.RestStandIn;
import dev.slipway.local.sandbox.world.SandboxDefaults;
import dev.slipway.local.sandbox.world.Site;
import dev.slipway.local.sandbox.world.World;

/**
 * New Relic's NerdGraph in two regions, as far as a key is proved: {@code actor { user accounts }}.
 * A key that is not known in a region is answered with HTTP 401 and {@code BAD_API_KEY}.
 *
 * <p>The world's part {@code new-relic}: {@code us} and {@code eu}, by key the {@code accounts}
 * (name by id) that its user sees.
 */
public final class NewRelic extends RestStandIn {

  private static final String SYSTEM = "new-relic";

  private final World world;

  /** New Relic with the world's keys. */
  public NewRelic(World world) {
    super(
        world,
        SYSTEM,
        Site.https("api.newrelic.com", "203.0.113.130"),
        Site.https("api.eu.newrelic.com", "203.0.113.131"));
    this.world = world;
    on("POST api.newrelic.com/graphql", call -> access("us", call));
    on("POST api.eu.newrelic.com/graphql", call -> access("eu", call));
  }

  @Override
  public ObjectNode defaults() {
    ObjectNode part = Json.object();
    part.putObject("us")
        .putObject(SandboxDefaults.NEW_RELIC_KEY)
        .put("1000001", "acme-uat")
        .put("1000002", "acme-production");
    part.putObject("eu");
    return part;
  }

  private HttpAnswer access(String region, RestCall call) {
    if (!call.json().path("query").asText().contains("actor")) {
      return error(200, "Cannot query this field.", "GRAPHQL_VALIDATION_FAILED");
    }
    String key = call.http().header("api-key").orElse("");
    JsonNode accounts =
        world.read(SYSTEM, part -> part.path(region).path(key).<JsonNode>deepCopy());
    if (!accounts.isObject()) {
      return error(401, "Bad API Key or no API Key provided", "BAD_API_KEY");
    }
    ObjectNode answer = Json.object();
    ObjectNode actor = answer.putObject("data").putObject("actor");
    actor.putObject("user").put("id", "1");
    accounts
        .properties()
        .forEach(
            each ->
                actor
                    .withArrayProperty("accounts")
                    .addObject()
                    .put("id", Long.parseLong(each.getKey()))
                    .put("name", each.getValue().asText()));
    return ok(answer);
  }

  private static HttpAnswer error(int status, String message, String code) {
    ObjectNode answer = Json.object();
    ObjectNode error = answer.putArray("errors").addObject().put("message", message);
    error.putObject("extensions").put("error_code", code);
    return HttpAnswer.json(status, answer).noted("error");
  }
}
