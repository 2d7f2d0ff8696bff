package dev.slipway.local.sandbox.connector;

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
 * The token endpoints of the connectors' providers (RFC 6749, 5.2), which nobody has given a code:
 * {@code invalid_client} to a client that is not registered, else {@code invalid_grant}. Xero and
 * Intuit want the client in the header, Salesforce and Vend in the form.
 *
 * <p>The world's part {@code oauth}: {@code clients}, secret by id. Unverified: that Vend answers
 * so.
 */
public final class TokenEndpoints extends RestStandIn {

  private static final String SYSTEM = "oauth";

  private final World world;

  /** The endpoints with the world's clients. */
  public TokenEndpoints(World world) {
    super(
        world,
        SYSTEM,
        Site.https("identity.xero.com", "203.0.113.144"),
        Site.https("oauth.platform.intuit.com", "203.0.113.145"),
        Site.https("*.salesforce.com", "203.0.113.146"),
        Site.https("*.retail.lightspeed.app", "203.0.113.147"));
    this.world = world;
    on("POST /connect/token", this::inHeader);
    on("POST /oauth2/v1/tokens/bearer", this::inHeader);
    on("POST /services/oauth2/token", this::inForm);
    on("POST /api/1.0/token", this::inForm);
  }

  @Override
  public ObjectNode defaults() {
    ObjectNode part = Json.object();
    part.putObject("clients")
        .put(SandboxDefaults.CONNECTOR_CLIENT, SandboxDefaults.CONNECTOR_SECRET)
        .put(SandboxDefaults.OTHER_CONNECTOR_CLIENT, SandboxDefaults.CONNECTOR_SECRET);
    return part;
  }

  private HttpAnswer inHeader(RestCall call) {
    Credentials client = call.http().basic().orElse(new Credentials("", ""));
    return answer(client.user(), client.password());
  }

  private HttpAnswer inForm(RestCall call) {
    return answer(call.parameter("client_id"), call.parameter("client_secret"));
  }

  private HttpAnswer answer(String id, String secret) {
    boolean known =
        world.read(SYSTEM, part -> part.path("clients").path(id).asText().equals(secret));
    return HttpAnswer.json(
        400,
        Json.object().put("error", known && !id.isEmpty() ? "invalid_grant" : "invalid_client"));
  }
}
