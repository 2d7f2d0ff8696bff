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
import dev.slipway.local.sandbox.world.World;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Connectors that are built on the vendor's framework, as maestrano-connector-rails answers ({@code
 * config/routes.rb} and its controllers), with Sidekiq Web 6.4.1 at {@code /sidekiq}. The world's
 * {@code maestrano.connectors.<host>} has each:
 *
 * <pre>
 * {"env": "uat", "marketplaces": [{"marketplace": "customer-uat", "api": {"id": …, "key": …}}],
 *   "jobs": {"user": …, "password": …, "processes": 1},
 *   "organizations": [{"uid": "org-acme", "tenant": "customer-uat", "has_account_linked": true,
 *     "sync_enabled": true, "status": "SUCCESS"}]}
 * </pre>
 *
 * <p>{@code marketplaces} are those that the connector read as it started: one that was linked
 * later is unknown until the act {@code restart-connector} ({@code host}). What it does amiss is in
 * the source: {@code toggle_sync} toggles (and the status stays as it was), and {@code
 * unlink_account} answers 500 for an organisation that it does not know, finds it without its
 * tenant, and ends its synchronisation.
 *
 * <p>{@code "refuses": ["unlink"]} (or {@code organizations}, {@code toggle}) answers 404, as a
 * framework that has no such call. Then people act: {@code disconnect-at-connector} ({@code host},
 * {@code marketplace}) in its console, and {@code rename-tenant} ({@code host}, {@code from},
 * {@code to}) in its database.
 */
final class ConnectorSite extends RestStandIn {
  private static final List<String> HOSTED = List.of("salesforce", "vend");

  private final World world;
  private final InstantSource clock;

  /** Answers within one change of the world. */
  private interface Route {
    HttpAnswer answer(ObjectNode connector, RestCall call);
  }

  ConnectorSite(World world, InstantSource clock) {
    super(world, Maestrano.SYSTEM);
    this.world = world;
    this.clock = clock;
    onHost("GET version.json", (connector, call) -> ok(version(connector)));
    onHost("GET version", (connector, call) -> html(version(connector)));
    onHost("GET maestrano/api/organizations", this::organizations);
    onHost("GET maestrano/{tenant}/synchronizations/{uid}", this::show);
    onHost("POST maestrano/{tenant}/synchronizations", this::synchronise);
    onHost("PUT maestrano/{tenant}/synchronizations/toggle_sync", this::toggle);
    onHost("POST maestrano/api/account/unlink_account", this::unlink);
    onHost(
        "GET sidekiq", (connector, call) -> SidekiqJobs.page(connector.path("jobs"), call.http()));
    onHost(
        "GET sidekiq/stats",
        (connector, call) -> SidekiqJobs.stats(connector.path("jobs"), call.http()));
  }

  private void onHost(String name, Route route) {
    String[] words = name.split(" ", 2);
    on(
        name,
        words[0] + " /" + words[1],
        call ->
            world.change(
                Maestrano.SYSTEM, part -> route.answer(connector(part, call.http().host()), call)));
  }

  @Override
  public ObjectNode defaults() {
    ObjectNode part = Json.object();
    for (String application : HOSTED) {
      ObjectNode connector = connector(part, application + ".connectors.example");
      connector.put("env", "production");
      jobs(connector, application + "-jobs", "Jobs-of-the-vendor-0001", 1);
    }
    return part;
  }

  @Override
  public Map<String, Act> acts() {
    return Map.of(
        "restart-connector",
        this::restart,
        "synchronise-connector",
        this::finish,
        "disconnect-at-connector",
        details -> eachOf(details, "marketplace", ConnectorSite::disconnect),
        "rename-tenant",
        details ->
            eachOf(details, "from", each -> each.put("tenant", details.path("to").asText())));
  }

  @Override
  protected String key(RestCall call) {
    return call.http().host();
  }

  /** Starts a connector from an app's variables. */
  static void start(
      ObjectNode part, String host, String environment, JsonNode variables, int workers) {
    ObjectNode connector = connector(part, host);
    connector.put("env", environment);
    connector.put("environment", environment).put("envKey", text(variables, "MNO_DEVPL_ENV_KEY"));
    jobs(
        connector,
        text(variables, "SIDEKIQ_USERNAME"),
        text(variables, "SIDEKIQ_PASSWORD"),
        workers);
    readMarketplaces(part, connector);
  }

  private static void readMarketplaces(ObjectNode part, ObjectNode connector) {
    connector.set(
        "marketplaces",
        DeveloperPlatform.linked(
            part, connector.path("environment").asText(), connector.path("envKey").asText()));
  }

  private static ObjectNode connector(ObjectNode part, String host) {
    return part.withObjectProperty("connectors").withObjectProperty(host);
  }

  private static void jobs(ObjectNode connector, String user, String password, int processes) {
    connector
        .putObject("jobs")
        .put("user", user)
        .put("password", password)
        .put("processes", processes);
  }

  private static String text(JsonNode variables, String name) {
    return variables.path(name).asText();
  }

  // --- what people do

  private JsonNode restart(JsonNode details) {
    return world.change(
        Maestrano.SYSTEM,
        part -> {
          ObjectNode connector = known(part, details);
          readMarketplaces(part, connector);
          connector.withObjectProperty("jobs").put("processes", 1);
          return connector.deepCopy();
        });
  }

  /** A person links a test account in the frontend, and it is synchronised. */
  private JsonNode finish(JsonNode details) {
    return world.change(
        Maestrano.SYSTEM,
        part -> {
          ObjectNode connector = known(part, details);
          ArrayNode all = connector.withArrayProperty("organizations");
          all.addObject()
              .put("uid", details.path("organization").asText())
              .put("tenant", details.path("marketplace").asText())
              .put("has_account_linked", true)
              .put("sync_enabled", true)
              .put("status", details.path("status").asText("SUCCESS"))
              .put("updated_at", clock.instant().toString());
          return connector.deepCopy();
        });
  }

  /** Changes each organisation of a marketplace, whose name is in this field. */
  private JsonNode eachOf(JsonNode details, String field, Consumer<ObjectNode> change) {
    return world.change(
        Maestrano.SYSTEM,
        part -> {
          ObjectNode connector = known(part, details);
          connector
              .withArrayProperty("organizations")
              .valueStream()
              .filter(each -> each.path("tenant").equals(details.path(field)))
              .map(ObjectNode.class::cast)
              .forEach(change);
          return connector.deepCopy();
        });
  }

  private static void disconnect(ObjectNode organization) {
    organization
        .put("has_account_linked", false)
        .put("sync_enabled", false)
        .put("status", "DISABLED");
  }

  private static ObjectNode known(ObjectNode part, JsonNode details) {
    String host = details.path("host").asText();
    if (!part.path("connectors").has(host)) {
      throw new IllegalArgumentException("no connector runs at the host \"" + host + "\"");
    }
    return connector(part, host);
  }

  // --- the framework's controllers

  private static ObjectNode version(ObjectNode connector) {
    return Json.object()
        .put("framework_version", connector.path("framework").asText("2.3.5"))
        .put("env", connector.path("env").asText())
        .put("ruby_version", "2.3.1");
  }

  private static HttpAnswer html(ObjectNode version) {
    return HttpAnswer.of(
        200,
        "text/html; charset=utf-8",
        "framework_version=" + version.path("framework_version").asText() + "\n");
  }

  private static void requireCall(ObjectNode connector, String name) {
    if (Json.strings(connector.path("refuses")).contains(name)) {
      throw Refusal.of(404, "Not Found");
    }
  }

  private HttpAnswer organizations(ObjectNode connector, RestCall call) {
    requireCall(connector, "organizations");
    String marketplace = marketplace(connector, call.http());
    return JsonApi.page(
        call,
        connector
            .withArrayProperty("organizations")
            .valueStream()
            .filter(each -> each.path("tenant").asText().equals(marketplace))
            .map(
                each ->
                    JsonApi.resource(
                        "organizations",
                        each.<ObjectNode>deepCopy().put("id", each.path("uid").asText())))
            .toList());
  }

  private HttpAnswer show(ObjectNode connector, RestCall call) {
    marketplace(connector, call.http());
    return HttpAnswer.json(
        200, shown(organization(connector, call.path("tenant"), call.path("uid"))));
  }

  private HttpAnswer synchronise(ObjectNode connector, RestCall call) {
    marketplace(connector, call.http());
    ObjectNode organization = organization(connector, call.path("tenant"), groupId(call));
    organization.put("status", "ENQUEUED");
    return HttpAnswer.json(201, shown(organization));
  }

  private HttpAnswer toggle(ObjectNode connector, RestCall call) {
    requireCall(connector, "toggle");
    marketplace(connector, call.http());
    ObjectNode organization = organization(connector, call.path("tenant"), groupId(call));
    organization.put("sync_enabled", !organization.path("sync_enabled").asBoolean());
    return HttpAnswer.json(200, shown(organization));
  }

  private HttpAnswer unlink(ObjectNode connector, RestCall call) {
    requireCall(connector, "unlink");
    marketplace(connector, call.http());
    String uid = call.json().path("uid").asText();
    ObjectNode organization =
        find(connector.withArrayProperty("organizations"), "uid", uid)
            .orElseThrow(() -> new Refusal(HttpAnswer.text(500, "Internal Server Error")));
    disconnect(organization);
    return HttpAnswer.json(200, Json.object().put("status", "ok"));
  }

  private static String groupId(RestCall call) {
    return call.json().path("group_id").asText();
  }

  private static ObjectNode organization(ObjectNode connector, String tenant, String uid) {
    return connector
        .withArrayProperty("organizations")
        .valueStream()
        .filter(each -> each.path("uid").asText().equals(uid))
        .filter(each -> each.path("tenant").asText().equals(tenant))
        .map(ObjectNode.class::cast)
        .findFirst()
        .orElseThrow(
            () -> {
              ObjectNode body = Json.object();
              body.putArray("errors")
                  .addObject()
                  .put("message", "Organization not found")
                  .put("code", 404);
              return new Refusal(HttpAnswer.json(404, body));
            });
  }

  private static ObjectNode shown(ObjectNode organization) {
    ObjectNode shown = Json.object().put("group_id", organization.path("uid").asText());
    shown.set("sync_enabled", organization.path("sync_enabled"));
    shown.put("status", organization.path("status").asText("DISABLED"));
    for (String field : List.of("message", "updated_at")) {
      if (organization.has(field)) {
        shown.set(field, organization.path(field));
      }
    }
    return shown;
  }

  /** The marketplace whose keys a call has. */
  private static String marketplace(ObjectNode connector, HttpCall call) {
    Optional<HttpCall.Credentials> given = call.basic();
    return connector
        .path("marketplaces")
        .valueStream()
        .filter(
            each ->
                given.isPresent()
                    && given.get().user().equals(each.path("api").path("id").asText())
                    && given.get().password().equals(each.path("api").path("key").asText()))
        .map(each -> each.path("marketplace").asText())
        .findFirst()
        .orElseThrow(() -> new Refusal(HttpAnswer.empty(401)));
  }

  private static Optional<ObjectNode> find(ArrayNode table, String field, String value) {
    return table
        .valueStream()
        .filter(each -> each.path(field).asText().equals(value))
        .map(ObjectNode.class::cast)
        .findFirst();
  }
}
