package dev.slipway.local.sandbox.maestrano;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.local.sandbox.world.Act;
import dev.slipway.local.sandbox.world.HttpAnswer;
import dev.slipway.local.sandbox.world.HttpCall;
import dev.slipway.local.sandbox.world.HttpStandIn;
import dev.slipway.local.sandbox.world.Json;
import dev.slipway.local.sandbox.world.Operation;
import dev.slipway.local.sandbox.world.Refusal;
import dev.slipway.local.sandbox.world.RestStandIn;
import dev.slipway.local.sandbox.world.Site;
import dev.slipway.local.sandbox.world.World;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Maestrano's platform in the enterprise's environments: load balancers, behind which {@code hosts}
 * of the world's part {@code maestrano} says which server has which host:
 *
 * <pre>{"hosts": {"hub.uat.customer.example": {"kind": "mnohub", "environment": "uat"},
 *   "acme.uat.customer.example": {"kind": "express", "environment": "uat", "tenant": "acme"}}}
 * </pre>
 *
 * <p>A host whose entry has {@code "down": true} has no instance yet: its load balancer answers 503
 * until the act {@code deploy-component} ({@code host}). Each server of the platform itself answers
 * {@code GET /ping}.
 *
 * <p>A kind of server is one class, a {@link RestStandIn} without sites in this package, named in
 * {@link #servers}. It keeps its state in a member of the same part (a hub in {@code hubs.uat}),
 * finds where it is asked by {@link Place}, and brings its own defaults and acts. DNS knows the
 * hosts below {@code customer.example} only once a customer or a test makes the records.
 */
public final class Maestrano implements HttpStandIn {
  static final String SYSTEM = "maestrano";

  /** The domain of each environment's hosts in a new world. */
  static final Map<String, String> DOMAINS =
      Map.of("uat", "uat.customer.example", "production", "customer.example");

  /** The hub of the vendor itself, which has the whole catalogue. */
  static final String CATALOGUE = "catalogue";

  /** The hub of the environment that the vendor's customers share, from which data is moved. */
  static final String SHARED = "shared";

  /** The tenants of each environment in a new world. */
  static final List<String> TENANTS = List.of("acme", "bravo");

  private static final List<String> PINGED = List.of("mnohub", "connec", "impac", "nex");

  private final World world;
  private final Map<String, RestStandIn> servers;

  /** The platform with the servers that the world has. */
  public Maestrano(World world, InstantSource clock) {
    this.world = world;
    this.servers =
        Map.of(
            "mnohub", new Hub(world, clock),
            "express", new ExpressSite(world, clock),
            "connec", new Connec(world),
            "nex", new Nex(world),
            "connector", new ConnectorSite(world, clock),
            "developer", new DeveloperPlatform(world));
  }

  @Override
  public String system() {
    return SYSTEM;
  }

  @Override
  public List<Site> sites() {
    return List.of(
        Site.unpublished("*.customer.example", "203.0.113.201"),
        Site.unpublished("*.customer.example", "203.0.113.202"),
        Site.https("*.connectors.example", "203.0.113.203"),
        Site.https("developer.maestrano.com", "203.0.113.204"),
        Site.https("developer-uat.maestrano.io", "203.0.113.204"),
        Site.https("hub.vendor.example", "203.0.113.205"),
        Site.https("shared.vendor.example", "203.0.113.205"));
  }

  @Override
  public ObjectNode defaults() {
    ObjectNode part = Json.object();
    ObjectNode hosts = part.putObject("hosts");
    DOMAINS.forEach(
        (environment, domain) -> {
          put(hosts, "hub." + domain, "mnohub", environment);
          put(hosts, "connec." + domain, "connec", environment);
          put(hosts, "impac." + domain, "impac", environment);
          put(hosts, "nex." + domain, "nex", environment);
          TENANTS.forEach(
              tenant ->
                  put(hosts, tenant + "." + domain, "express", environment).put("tenant", tenant));
          put(hosts, "salesforce.apps." + domain, "connector", environment)
              .put("application", "salesforce");
        });
    for (String application : List.of("salesforce", "vend")) {
      put(hosts, application + ".connectors.example", "connector", "")
          .put("application", application);
    }
    put(hosts, "developer.maestrano.com", "developer", "production");
    put(hosts, "developer-uat.maestrano.io", "developer", "uat");
    put(hosts, "hub.vendor.example", "mnohub", CATALOGUE);
    put(hosts, "shared.vendor.example", "mnohub", SHARED);
    servers.values().forEach(server -> Json.merge(part, server.defaults()));
    return part;
  }

  private static ObjectNode put(ObjectNode hosts, String host, String kind, String environment) {
    return hosts.putObject(host).put("kind", kind).put("environment", environment);
  }

  @Override
  public Map<String, Act> acts() {
    Map<String, Act> acts = new HashMap<>();
    acts.put("deploy-component", this::deploy);
    servers.values().forEach(server -> acts.putAll(server.acts()));
    return acts;
  }

  private JsonNode deploy(JsonNode details) {
    String host = details.path("host").asText();
    return world.change(
        SYSTEM,
        part -> {
          if (!part.path("hosts").has(host)) {
            throw new IllegalArgumentException("no server has the host \"" + host + "\"");
          }
          ObjectNode entry = part.withObjectProperty("hosts").withObjectProperty(host);
          entry.remove("down");
          return entry.deepCopy();
        });
  }

  @Override
  public Operation operation(HttpCall call) {
    RestStandIn server = servers.get(kind(call));
    return isPing(call) || server == null
        ? new Operation(call.method() + " " + call.path(), call.host())
        : server.operation(call);
  }

  private String kind(HttpCall call) {
    return world.read(SYSTEM, part -> part.path("hosts").path(call.host()).path("kind").asText());
  }

  private boolean isPing(HttpCall call) {
    return call.method().equals("GET")
        && call.path().equals("/ping")
        && PINGED.contains(kind(call));
  }

  @Override
  public HttpAnswer answer(HttpCall call) {
    try {
      Place place = world.read(SYSTEM, part -> Place.of(part, call.host()));
      RestStandIn server = servers.get(place.kind());
      return place.isDown()
          ? HttpAnswer.text(503, "Service Unavailable")
          : isPing(call)
              ? HttpAnswer.text(200, "OK")
              : server == null ? HttpAnswer.text(404, "Not Found") : server.answer(call);
    } catch (Refusal refusal) {
      return refusal.answer();
    }
  }
}
