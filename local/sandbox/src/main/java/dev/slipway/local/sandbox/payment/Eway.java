package dev.slipway.local.sandbox.payment;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.local.sandbox.world.HttpAnswer;
import dev.slipway.local.sandbox.world.Json;
import dev.slipway.local.sandbox.world.RestStandIn;
import dev.slipway.local.sandbox.world.SandboxDefaults;
import dev.slipway.local.sandbox.world.Site;
import dev.slipway.local.sandbox.world.World;

/**
 * eWAY's Rapid API for tests, as far as a login is proved. The world's part {@code eway}: {@code
 * auth}. Unverified: the body for a transaction that is not there.
 */
public final class Eway extends RestStandIn {

  /** eWAY's sandbox. */
  public Eway(World world) {
    super(world, "eway", Site.https("api.sandbox.ewaypayments.com", "203.0.113.143"));
    on("GET /Transaction/0", call -> transactions());
  }

  @Override
  public ObjectNode defaults() {
    ObjectNode part = Json.object();
    part.putObject("auth")
        .put("user", SandboxDefaults.EWAY_KEY)
        .put("password", SandboxDefaults.EWAY_PASSWORD);
    return part;
  }

  @Override
  protected HttpAnswer unauthorized() {
    return HttpAnswer.empty(401);
  }

  private static HttpAnswer transactions() {
    ObjectNode answer = Json.object().put("Errors", "");
    answer.putArray("Transactions");
    return ok(answer);
  }
}
