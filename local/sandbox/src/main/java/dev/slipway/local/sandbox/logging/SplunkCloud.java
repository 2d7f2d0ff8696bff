package dev.slipway.local.sandbox.logging;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.local.sandbox.world.HttpAnswer;
import dev.slipway.local.sandbox.world.Json;
import dev.slipway.local.sandbox.world.RestCall;
import dev.slipway.local.sandbox.world.RestStandIn;
import dev.slipway.local.sandbox.world.SandboxDefaults;
import dev.slipway.local.sandbox.world.Site;
import dev.slipway.local.sandbox.world.World;

/**
 * Splunk Cloud's Admin Config Service, as far as a token is proved. The world's part {@code
 * splunk-cloud}: {@code auth}, {@code stack}.
 */
public final class SplunkCloud extends RestStandIn {

  private static final String SYSTEM = "splunk-cloud";

  private final World world;

  /** Splunk Cloud with the world's stack. */
  public SplunkCloud(World world) {
    super(world, SYSTEM, Site.https("admin.splunk.com", "203.0.113.134"));
    this.world = world;
    on("GET /{stack}/adminconfig/v2/status", this::status);
  }

  @Override
  public ObjectNode defaults() {
    ObjectNode part = Json.object().put("stack", SandboxDefaults.SPLUNK_STACK);
    part.putObject("auth").put("token", SandboxDefaults.SPLUNK_TOKEN);
    return part;
  }

  @Override
  protected HttpAnswer unauthorized() {
    return error(401, "401-unauthorized", "call not properly authenticated");
  }

  private HttpAnswer status(RestCall call) {
    String stack = world.read(SYSTEM, part -> part.path("stack").asText());
    if (!call.path("stack").equals(stack)) {
      return error(403, "403-forbidden", "insufficient permission(s) to perform this operation");
    }
    ObjectNode answer = Json.object();
    answer.putObject("infrastructure").put("status", "Ready").put("stackType", "victoria");
    answer.putObject("messages");
    return ok(answer);
  }

  private static HttpAnswer error(int status, String code, String message) {
    return HttpAnswer.json(status, Json.object().put("code", code).put("message", message));
  }
}
