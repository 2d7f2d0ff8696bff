package dev.slipway.local.sandbox.logging;

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
 * Sumo Logic's API, as far as a key is proved. An account lives in one deployment; every other one
 * answers HTTP 301 with the right address.
 *
 * <p>The world's part {@code sumo-logic}: {@code deployment}, {@code accessId}, {@code accessKey},
 * {@code status} (an account status as the vendor describes it).
 */
public final class SumoLogic extends RestStandIn {

  private static final String SYSTEM = "sumo-logic";

  private final World world;

  /** Sumo Logic with the world's account. */
  public SumoLogic(World world) {
    super(
        world,
        SYSTEM,
        Site.https("api.sumologic.com", "203.0.113.132"),
        Site.https("*.sumologic.com", "203.0.113.133"));
    this.world = world;
    on("GET /api/v1/account/status", this::status);
  }

  @Override
  public ObjectNode defaults() {
    ObjectNode part =
        Json.object()
            .put("deployment", "eu")
            .put("accessId", SandboxDefaults.SUMO_LOGIC_ID)
            .put("accessKey", SandboxDefaults.SUMO_LOGIC_KEY);
    part.putObject("status")
        .put("pricingModel", "credits")
        .put("canUpdatePlan", true)
        .put("planType", "Paid")
        .put("applicationUse", "ALLOWED")
        .put("accountActivated", true);
    return part;
  }

  private HttpAnswer status(RestCall call) {
    JsonNode part = world.read(SYSTEM, JsonNode::deepCopy);
    Credentials login = new Credentials(text(part, "accessId"), text(part, "accessKey"));
    if (call.http().basic().filter(login::equals).isEmpty()) {
      return error(401, "unauthorized", "Credential could not be verified.");
    }
    String host = "api.%s.sumologic.com".formatted(text(part, "deployment"));
    if (!call.http().host().equals(host.replace(".us1.", "."))) {
      return error(
              301,
              "moved",
              "The requested resource SHOULD be accessed through returned URI in Location Header.")
          .with("Location", "https://" + host + call.http().path());
    }
    return ok(part.path("status"));
  }

  private static String text(JsonNode part, String field) {
    return part.path(field).asText();
  }

  private static HttpAnswer error(int status, String code, String message) {
    ObjectNode answer = Json.object().put("status", status).put("id", "SNDBX-00001-00001");
    return HttpAnswer.json(status, answer.put("code", code).put("message", message));
  }
}
