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
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Connec!'s API v2 (http://maestrano.github.io/connec/), asked with the keys of an environment: the
 * world's {@code maestrano.connec.<environment>} has {@code key}, {@code secret}, {@code jobs} (of
 * Sidekiq) and the records of each organisation by collection.
 *
 * <p>The act {@code connect-company} ({@code environment}, {@code tenant}, {@code application},
 * {@code company}) is what a user of the tenant's test organisation does in the frontend: the hub
 * then shows the company on the organisation's app instance, and its accounts arrive here; with
 * {@code "keys": false} neither, since the hub does not have the provider's keys, and with {@code
 * "data": false} only the first.
 */
final class Connec extends RestStandIn {
  private final World world;

  Connec(World world) {
    super(world, Maestrano.SYSTEM);
    this.world = world;
    on("GET /sidekiq", call -> jobs(call, SidekiqJobs::page));
    on("GET /sidekiq/stats", call -> jobs(call, SidekiqJobs::stats));
    on("GET collection", "GET /api/v2/{organization}/{collection}", this::collection);
  }

  @Override
  public ObjectNode defaults() {
    ObjectNode part = Json.object();
    Maestrano.DOMAINS
        .keySet()
        .forEach(
            environment ->
                part.withObjectProperty("connec")
                    .putObject(environment)
                    .put("key", SandboxDefaults.connecKey(environment))
                    .put("secret", SandboxDefaults.CONNEC_SECRET)
                    .putObject("jobs")
                    .put("user", SandboxDefaults.CONNEC_JOBS_USER)
                    .put("password", SandboxDefaults.CONNEC_JOBS_PASSWORD)
                    .put("processes", 1));
    return part;
  }

  @Override
  public Map<String, Act> acts() {
    return Map.of("connect-company", this::connect);
  }

  @Override
  protected String key(RestCall call) {
    return call.http().host();
  }

  private HttpAnswer jobs(RestCall call, BiFunction<JsonNode, HttpCall, HttpAnswer> page) {
    return world.read(
        Maestrano.SYSTEM,
        part -> {
          Place place = Place.of(part, call.http().host());
          return page.apply(
              part.path("connec").path(place.environment()).path("jobs"), call.http());
        });
  }

  private HttpAnswer collection(RestCall call) {
    return world.read(
        Maestrano.SYSTEM,
        part -> {
          Place place = Place.of(part, call.http().host());
          JsonNode connec = part.path("connec").path(place.environment());
          boolean isKnown =
              call.http()
                  .basic()
                  .filter(given -> given.user().equals(connec.path("key").asText()))
                  .filter(given -> given.password().equals(connec.path("secret").asText()))
                  .isPresent();
          if (!isKnown) {
            throw Refusal.of(401, "Unauthorized");
          }
          JsonNode organization = connec.path("organizations").path(call.path("organization"));
          if (organization.isMissingNode()) {
            throw Refusal.of(404, "Group not found");
          }
          String name = call.path("collection");
          JsonNode records = organization.path(name);
          ObjectNode answer = Json.object();
          ArrayNode page = answer.putArray(name);
          int top =
              call.parameter("$top").isEmpty() ? 50 : Integer.parseInt(call.parameter("$top"));
          records.valueStream().limit(top).forEach(each -> page.add(each.<JsonNode>deepCopy()));
          answer.putObject("pagination").put("count", records.size());
          return HttpAnswer.json(200, answer);
        });
  }

  private JsonNode connect(JsonNode details) {
    String environment = details.path("environment").asText();
    String tenant = details.path("tenant").asText();
    boolean hasKeys = details.path("keys").asBoolean(true);
    return world.change(
        Maestrano.SYSTEM,
        part -> {
          ObjectNode hub = part.withObjectProperty("hubs").withObjectProperty(environment);
          JsonNode organization =
              hub.path("organizations")
                  .valueStream()
                  .filter(each -> each.path("tenant").asText().equals(tenant))
                  .findFirst()
                  .orElseThrow(
                      () -> new IllegalArgumentException("no tenant \"" + tenant + "\" is there"));
          ObjectNode instance = instance(hub, organization, details.path("application").asText());
          instance.put("oauth_keys_valid", hasKeys);
          instance.put("oauth_company", hasKeys ? details.path("company").asText() : null);
          if (hasKeys && details.path("data").asBoolean(true)) {
            part.withObjectProperty("connec")
                .withObjectProperty(environment)
                .withObjectProperty("organizations")
                .withObjectProperty(organization.path("uid").asText())
                .withArrayProperty("accounts")
                .addObject()
                .put("name", "Sales of " + details.path("company").asText());
          }
          return instance.deepCopy();
        });
  }

  private static ObjectNode instance(ObjectNode hub, JsonNode organization, String application) {
    Optional<ObjectNode> present =
        hub.withArrayProperty("app_instances")
            .valueStream()
            .filter(each -> each.path("app_nid").asText().equals(application))
            .filter(each -> each.path("owner_id").asText().equals(organization.path("id").asText()))
            .map(ObjectNode.class::cast)
            .findFirst();
    return present.orElseGet(
        () ->
            Hub.added(hub, "app_instances")
                .put("app_nid", application)
                .put("owner_id", organization.path("id").asText())
                .put("owner_type", "Organization")
                .put("tenant", organization.path("tenant").asText())
                .put("stack", "connector")
                .put("status", "running"));
  }
}
