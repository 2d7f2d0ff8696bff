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
 * Mandrill, as far as a key is proved: {@code POST users/info}, by its OpenAPI description. The
 * world's part {@code mandrill}: {@code key}, {@code account}.
 */
public final class Mandrill extends RestStandIn {

  private static final String SYSTEM = "mandrill";

  private final World world;

  /** Mandrill with the world's account. */
  public Mandrill(World world) {
    super(world, SYSTEM, Site.https("mandrillapp.com", "203.0.113.136"));
    this.world = world;
    on("POST /api/1.4/users/info", this::account);
  }

  @Override
  public ObjectNode defaults() {
    ObjectNode part = Json.object().put("key", SandboxDefaults.MANDRILL_KEY);
    part.putObject("account")
        .put("username", "acme")
        .put("created_at", "2026-01-05 09:00:00")
        .put("public_id", "sandboxsandboxsandbox1")
        .put("reputation", 80)
        .put("hourly_quota", 250)
        .put("backlog", 0)
        .putObject("stats");
    return part;
  }

  private HttpAnswer account(RestCall call) {
    JsonNode part = world.read(SYSTEM, JsonNode::deepCopy);
    if (!call.json().path("key").asText().equals(part.path("key").asText())) {
      return HttpAnswer.json(
          401,
          Json.object()
              .put("status", "error")
              .put("code", 401)
              .put("name", "Invalid_Key")
              .put("message", "Invalid API key"));
    }
    return ok(part.path("account"));
  }
}
