package dev.slipway.local.sandbox.mailtool;

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
 * SparkPost in its two regions, as far as a key is proved: {@code GET account}. The world's part
 * {@code sparkpost}: {@code region}, {@code key}, {@code account}.
 */
public final class SparkPost extends RestStandIn {

  private static final String SYSTEM = "sparkpost";

  private final World world;

  /** SparkPost with the world's account. */
  public SparkPost(World world) {
    super(
        world,
        SYSTEM,
        Site.https("api.sparkpost.com", "203.0.113.137"),
        Site.https("api.eu.sparkpost.com", "203.0.113.138"));
    this.world = world;
    on("GET api.sparkpost.com/api/v1/account", call -> account("us", call));
    on("GET api.eu.sparkpost.com/api/v1/account", call -> account("eu", call));
  }

  @Override
  public ObjectNode defaults() {
    ObjectNode part = Json.object().put("region", "eu").put("key", SandboxDefaults.SPARKPOST_KEY);
    part.putObject("account")
        .put("customer_id", 123)
        .put("company_name", "Acme")
        .put("status", "active");
    return part;
  }

  private HttpAnswer account(String region, RestCall call) {
    JsonNode part = world.read(SYSTEM, JsonNode::deepCopy);
    String key = part.path("key").asText();
    ObjectNode answer = Json.object();
    if (!region.equals(part.path("region").asText())
        || call.http().header("authorization").filter(key::equals).isEmpty()) {
      answer.putArray("errors").addObject().put("message", "Unauthorized.");
      return HttpAnswer.json(401, answer);
    }
    answer.set("results", part.path("account"));
    return ok(answer);
  }
}
