package dev.slipway.local.sandbox.payment;

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
 * eWAY's Rapid API in its two environments, as far as a login is proved. The world's {@code
 * eway.sandbox} and {@code eway.production}: {@code user} and {@code password}. Unverified: the
 * body for a transaction that is not there.
 */
public final class Eway extends RestStandIn {
  private static final String SYSTEM = "eway";

  private final World world;

  /** eWAY with the world's logins. */
  public Eway(World world) {
    super(
        world,
        SYSTEM,
        Site.https("api.sandbox.ewaypayments.com", "203.0.113.143"),
        Site.https("api.ewaypayments.com", "203.0.113.164"));
    this.world = world;
    on("GET api.sandbox.ewaypayments.com/Transaction/0", call -> transactions("sandbox", call));
    on("GET api.ewaypayments.com/Transaction/0", call -> transactions("production", call));
  }

  @Override
  public ObjectNode defaults() {
    ObjectNode part = Json.object();
    part.putObject("sandbox")
        .put("user", SandboxDefaults.EWAY_KEY)
        .put("password", SandboxDefaults.EWAY_PASSWORD);
    part.putObject("production")
        .put("user", SandboxDefaults.EWAY_LIVE_KEY)
        .put("password", SandboxDefaults.EWAY_PASSWORD);
    return part;
  }

  private HttpAnswer transactions(String environment, RestCall call) {
    JsonNode login = world.read(SYSTEM, part -> part.path(environment).<JsonNode>deepCopy());
    Credentials wanted =
        new Credentials(login.path("user").asText(), login.path("password").asText());
    if (call.http().basic().filter(wanted::equals).isEmpty()) {
      return HttpAnswer.empty(401);
    }
    ObjectNode answer = Json.object().put("Errors", "");
    answer.putArray("Transactions");
    return ok(answer);
  }
}
