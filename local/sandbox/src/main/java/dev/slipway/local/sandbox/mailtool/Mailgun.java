package dev.slipway.local.sandbox.mailtool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.local.sandbox.world.HttpAnswer;
import dev.slipway.local.sandbox.world.HttpCall.Credentials;
import dev.slipway.local.sandbox.world.Json;
import dev.slipway.local.sandbox.world.RestCall;
import dev.slipway.local.sandbox.world.RestStandIn;
import dev.slipway.local.sandbox.world.SandboxDefaults;
import dev.slipway.local.sandbox.world.Site;
import dev.slipway.local.sandbox.world.World;

/**
 * Mailgun in its two regions, as far as a key is proved: {@code GET v4/domains}. The key of one
 * domain is known, and may not list domains. The world's part {@code mailgun}: {@code region},
 * {@code key}, {@code domainKey}.
 */
public final class Mailgun extends RestStandIn {

  private static final String SYSTEM = "mailgun";

  private final World world;

  /** Mailgun with the world's account. */
  public Mailgun(World world) {
    super(
        world,
        SYSTEM,
        Site.https("api.mailgun.net", "203.0.113.139"),
        Site.https("api.eu.mailgun.net", "203.0.113.140"));
    this.world = world;
    on("GET api.mailgun.net/v4/domains", call -> domains("us", call));
    on("GET api.eu.mailgun.net/v4/domains", call -> domains("eu", call));
  }

  @Override
  public ObjectNode defaults() {
    return Json.object()
        .put("region", "eu")
        .put("key", SandboxDefaults.MAILGUN_KEY)
        .put("domainKey", "key-0f-0ne-d0ma1n");
  }

  private HttpAnswer domains(String region, RestCall call) {
    JsonNode part = world.read(SYSTEM, JsonNode::deepCopy);
    String key = call.http().basic().map(Credentials::password).orElse("");
    if (!region.equals(part.path("region").asText())) {
      return message(401, "Invalid private key");
    }
    if (key.equals(part.path("domainKey").asText())) {
      return message(403, "Incompatible key for this endpoint");
    }
    if (!key.equals(part.path("key").asText())) {
      return message(401, "Invalid private key");
    }
    ObjectNode answer = Json.object().put("total_count", 0);
    answer.putArray("items");
    return ok(answer);
  }

  private static HttpAnswer message(int status, String message) {
    return HttpAnswer.json(status, Json.object().put("message", message));
  }
}
