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
 * Braintree's GraphQL API in its two environments, as far as keys are proved. Errors come with HTTP
 * 200. The world's part {@code braintree}: {@code environment}, {@code merchant}, {@code
 * publicKey}, {@code privateKey}.
 */
public final class Braintree extends RestStandIn {

  private static final String SYSTEM = "braintree";

  private final World world;

  /** Braintree with the world's merchant. */
  public Braintree(World world) {
    super(
        world,
        SYSTEM,
        Site.https("payments.sandbox.braintree-api.com", "203.0.113.141"),
        Site.https("payments.braintree-api.com", "203.0.113.142"));
    this.world = world;
    on("POST payments.sandbox.braintree-api.com/graphql", call -> merchant("sandbox", call));
    on("POST payments.braintree-api.com/graphql", call -> merchant("production", call));
  }

  @Override
  public ObjectNode defaults() {
    return Json.object()
        .put("environment", "sandbox")
        .put("merchant", SandboxDefaults.BRAINTREE_MERCHANT)
        .put("publicKey", SandboxDefaults.BRAINTREE_PUBLIC_KEY)
        .put("privateKey", SandboxDefaults.BRAINTREE_PRIVATE_KEY);
  }

  private HttpAnswer merchant(String environment, RestCall call) {
    JsonNode part = world.read(SYSTEM, JsonNode::deepCopy);
    Credentials login =
        new Credentials(part.path("publicKey").asText(), part.path("privateKey").asText());
    if (call.http().header("braintree-version").isEmpty()) {
      return error("Braintree-Version is missing.", "UNSUPPORTED_CLIENT");
    }
    if (!environment.equals(part.path("environment").asText())
        || call.http().basic().filter(login::equals).isEmpty()) {
      return error("Authentication credentials are invalid.", "AUTHENTICATION");
    }
    ObjectNode answer = Json.object();
    answer
        .putObject("data")
        .putObject("viewer")
        .putObject("merchant")
        .put("id", part.path("merchant").asText())
        .put("status", "ACTIVE");
    return ok(answer);
  }

  private static HttpAnswer error(String message, String errorClass) {
    ObjectNode answer = Json.object();
    ObjectNode error = answer.putArray("errors").addObject().put("message", message);
    error.putObject("extensions").put("errorClass", errorClass);
    return HttpAnswer.json(200, answer).noted("error");
  }
}
