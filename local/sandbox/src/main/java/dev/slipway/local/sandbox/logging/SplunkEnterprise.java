package dev.slipway.local.sandbox.logging;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.local.sandbox.world.HttpAnswer;
import dev.slipway.local.sandbox.world.Json;
import dev.slipway.local.sandbox.world.RestStandIn;
import dev.slipway.local.sandbox.world.SandboxDefaults;
import dev.slipway.local.sandbox.world.Site;
import dev.slipway.local.sandbox.world.World;

/**
 * The customer's own Splunk Enterprise, as far as a login is proved. The world's part {@code
 * splunk-enterprise}: {@code auth}. Unverified: the body of its HTTP 401.
 */
public final class SplunkEnterprise extends RestStandIn {

  private static final String SYSTEM = "splunk-enterprise";
  private static final int MANAGEMENT_PORT = 8089;

  /** A server on its management port. */
  public SplunkEnterprise(World world) {
    super(
        world,
        SYSTEM,
        new Site(
            SandboxDefaults.SPLUNK_HOST, "203.0.113.135", MANAGEMENT_PORT, Site.Transport.HTTPS));
    on("GET /services/authentication/current-context", call -> context());
  }

  @Override
  public ObjectNode defaults() {
    ObjectNode part = Json.object();
    part.putObject("auth")
        .put("user", SandboxDefaults.SPLUNK_USER)
        .put("password", SandboxDefaults.SPLUNK_PASSWORD);
    return part;
  }

  @Override
  protected HttpAnswer unauthorized() {
    ObjectNode answer = Json.object();
    answer
        .putArray("messages")
        .addObject()
        .put("type", "WARN")
        .put("text", "call not properly authenticated");
    return HttpAnswer.json(401, answer);
  }

  private static HttpAnswer context() {
    ObjectNode answer = Json.object();
    ObjectNode content = answer.putArray("entry").addObject().putObject("content");
    content.put("username", SandboxDefaults.SPLUNK_USER);
    content.putArray("roles").add("admin");
    content.putArray("capabilities").add("edit_user").add("edit_token_http");
    return ok(answer);
  }
}
