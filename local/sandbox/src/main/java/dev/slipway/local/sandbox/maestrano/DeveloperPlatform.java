package dev.slipway.local.sandbox.maestrano;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.local.sandbox.world.Act;
import dev.slipway.local.sandbox.world.HttpAnswer;
import dev.slipway.local.sandbox.world.HttpCall;
import dev.slipway.local.sandbox.world.Json;
import dev.slipway.local.sandbox.world.Refusal;
import dev.slipway.local.sandbox.world.RestCall;
import dev.slipway.local.sandbox.world.RestStandIn;
import dev.slipway.local.sandbox.world.SandboxDefaults;
import dev.slipway.local.sandbox.world.World;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The developer platform, of which a machine gets one thing: the marketplaces to which an
 * application's environment is linked, asked with the environment's keys (maestrano-ruby, {@code
 * lib/maestrano/auto_configure.rb}). The world's {@code maestrano.developer.<environment>} has the
 * {@code environments} of applications:
 *
 * <pre>{"environments": [{"application": "salesforce", "name": "customer", "key": …, "secret": …,
 *   "marketplaces": [{"marketplace": "customer-uat", "api": {"id": …, "key": …, "host": …}}]}]}
 * </pre>
 *
 * <p>The act {@code link-application} ({@code environment}, {@code application}, {@code
 * marketplace}) is what the vendor does on its pages; the marketplace is that of the environment's
 * hub, which has the application from then on.
 */
final class DeveloperPlatform extends RestStandIn {
  private static final List<String> APPLICATIONS = List.of("salesforce");

  private final World world;

  DeveloperPlatform(World world) {
    super(world, Maestrano.SYSTEM);
    this.world = world;
    on("GET marketplaces", "GET /api/config/v1/marketplaces", this::marketplaces);
  }

  @Override
  public ObjectNode defaults() {
    ObjectNode part = Json.object();
    for (String environment : Maestrano.DOMAINS.keySet()) {
      for (String application : APPLICATIONS) {
        environments(part, environment)
            .addObject()
            .put("application", application)
            .put("name", "customer")
            .put("key", SandboxDefaults.connectorEnvironmentKey(environment, application))
            .put("secret", SandboxDefaults.CONNECTOR_ENVIRONMENT_SECRET)
            .putArray("marketplaces");
      }
    }
    return part;
  }

  @Override
  public Map<String, Act> acts() {
    return Map.of("link-application", this::link);
  }

  @Override
  protected String key(RestCall call) {
    return call.http().host();
  }

  /** The marketplaces to which the environment of a key is linked. */
  static JsonNode linked(ObjectNode part, String environment, String key) {
    return environments(part, environment)
        .valueStream()
        .filter(each -> each.path("key").asText().equals(key))
        .map(each -> each.path("marketplaces").<JsonNode>deepCopy())
        .findFirst()
        .orElseGet(Json::array);
  }

  private static ArrayNode environments(ObjectNode part, String environment) {
    return part.withObjectProperty("developer")
        .withObjectProperty(environment)
        .withArrayProperty("environments");
  }

  private HttpAnswer marketplaces(RestCall call) {
    return world.read(
        Maestrano.SYSTEM,
        part -> {
          Place place = Place.of(part, call.http().host());
          Optional<HttpCall.Credentials> given = call.http().basic();
          JsonNode own =
              part.path("developer")
                  .path(place.environment())
                  .path("environments")
                  .valueStream()
                  .filter(
                      each ->
                          given.isPresent()
                              && given.get().user().equals(each.path("key").asText())
                              && given.get().password().equals(each.path("secret").asText()))
                  .findFirst()
                  .orElseThrow(() -> Refusal.of(401, "unauthorized"));
          ObjectNode answer = Json.object();
          answer.set("marketplaces", own.path("marketplaces").<JsonNode>deepCopy());
          return HttpAnswer.json(200, answer);
        });
  }

  private JsonNode link(JsonNode details) {
    String environment = details.path("environment").asText();
    String application = details.path("application").asText();
    String marketplace = details.path("marketplace").asText();
    return world.change(
        Maestrano.SYSTEM,
        part -> {
          for (JsonNode each : environments(part, environment)) {
            if (each.path("application").asText().equals(application)) {
              ObjectNode own = (ObjectNode) each;
              ObjectNode linked =
                  own.withArrayProperty("marketplaces")
                      .addObject()
                      .put("marketplace", marketplace)
                      .put("environment", own.path("name").asText());
              linked
                  .putObject("api")
                  .put("id", application + "-at-" + marketplace)
                  .put("key", "K3y-of-" + application + "-at-" + marketplace)
                  .put("host", "https://hub." + Maestrano.DOMAINS.get(environment));
            }
          }
          return Hub.offer(part, environment, application);
        });
  }
}
