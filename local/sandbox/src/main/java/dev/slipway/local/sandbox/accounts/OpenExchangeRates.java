package dev.slipway.local.sandbox.accounts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.local.sandbox.world.Act;
import dev.slipway.local.sandbox.world.HttpAnswer;
import dev.slipway.local.sandbox.world.Json;
import dev.slipway.local.sandbox.world.RestCall;
import dev.slipway.local.sandbox.world.RestStandIn;
import dev.slipway.local.sandbox.world.SandboxDefaults;
import dev.slipway.local.sandbox.world.Site;
import dev.slipway.local.sandbox.world.World;
import java.util.Map;

/**
 * Open Exchange Rates, as far as its usage is asked: by the vendor's OpenAPI description. The
 * world's part {@code open-exchange-rates}: {@code appId}, {@code data} (what {@code usage.json}
 * answers).
 */
public final class OpenExchangeRates extends RestStandIn {
  private static final String SYSTEM = "open-exchange-rates";
  private static final int QUOTA = 10_000;

  private final World world;

  /** Open Exchange Rates with the world's account. */
  public OpenExchangeRates(World world) {
    super(world, SYSTEM, Site.https("openexchangerates.org", "203.0.113.150"));
    this.world = world;
    on("GET /api/usage.json", this::usage);
  }

  @Override
  public ObjectNode defaults() {
    ObjectNode part = Json.object().put("appId", SandboxDefaults.EXCHANGE_RATES_ID);
    ObjectNode data = part.putObject("data").put("status", "active");
    ObjectNode plan = data.putObject("plan").put("name", "Developer").put("quota", "10,000");
    plan.putObject("features").put("base", true).put("symbols", true);
    data.putObject("usage")
        .put("requests", 0)
        .put("requests_quota", QUOTA)
        .put("requests_remaining", QUOTA)
        .put("days_elapsed", 3)
        .put("days_remaining", 27)
        .put("daily_average", 0);
    return part;
  }

  @Override
  public Map<String, Act> acts() {
    return Map.of("use-exchange-rates", this::use);
  }

  /** The platform asks for rates. */
  private JsonNode use(JsonNode details) {
    int requests = details.path("requests").asInt();
    return world.change(
        SYSTEM,
        part -> {
          ObjectNode usage = part.withObjectProperty("data").withObjectProperty("usage");
          usage.put("requests", usage.path("requests").asInt() + requests);
          usage.put("requests_remaining", usage.path("requests_remaining").asInt() - requests);
          return usage.deepCopy();
        });
  }

  private HttpAnswer usage(RestCall call) {
    JsonNode part = world.read(SYSTEM, JsonNode::deepCopy);
    String login = "Token " + part.path("appId").asText();
    if (call.http().header("authorization").filter(login::equals).isEmpty()) {
      return HttpAnswer.json(
          401,
          Json.object()
              .put("error", true)
              .put("status", 401)
              .put("message", "invalid_app_id")
              .put("description", "Invalid App ID provided."));
    }
    ObjectNode data = part.path("data").deepCopy();
    data.put("app_id", part.path("appId").asText());
    return ok(Json.object().put("status", 200).set("data", data));
  }
}
