package dev.slipway.local.sandbox.maestrano;

import static dev.slipway.local.sandbox.maestrano.JsonApi.attributes;
import static dev.slipway.local.sandbox.maestrano.JsonApi.one;
import static dev.slipway.local.sandbox.maestrano.JsonApi.page;
import static dev.slipway.local.sandbox.maestrano.JsonApi.refusal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.local.sandbox.world.Act;
import dev.slipway.local.sandbox.world.HttpAnswer;
import dev.slipway.local.sandbox.world.Json;
import dev.slipway.local.sandbox.world.RestCall;
import dev.slipway.local.sandbox.world.RestStandIn;
import dev.slipway.local.sandbox.world.SandboxDefaults;
import dev.slipway.local.sandbox.world.World;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Nex!, the PaaS that connectors run on: {@code apps}, {@code domains} and {@code ssl_certificates}
 * below {@code /api/v1} in JSON:API, the key as the user of HTTP Basic. Names are those of
 * nex_client 0.17.0; the real server's behaviour is unverified.
 *
 * <p>The world's {@code maestrano.nex.<environment>} has {@code apiKey} and a table of each kind. A
 * host runs a connector from the moment on that a domain of an app is made for it. The
 * misbehaviours:
 *
 * <ul>
 *   <li>{@code "refuses": ["POST apps"]}: these operations answer 403
 *   <li>{@code "ignores": ["domains"]}: these kinds are taken with success, and not kept
 *   <li>{@code "hides": ["vars"]}: these attributes are not shown
 *   <li>{@code "withoutWorker": true}: apps start without their workers
 * </ul>
 *
 * <p>The act {@code deploy-on-nex} ({@code environment}, {@code app}, {@code image}, {@code tag},
 * {@code host}; {@code variables}) is what the vendor does with nex-cli.
 */
final class Nex extends RestStandIn {
  private static final String APPS = "apps";
  private static final String DOMAINS = "domains";
  private static final String CERTIFICATES = "ssl_certificates";
  private static final String PATH = "/api/v1/";

  private final World world;

  /** One call, at the Nex! of its environment. */
  private record At(ObjectNode part, ObjectNode nex, String environment, RestCall call) {
    ArrayNode table(String kind) {
      return nex.withArrayProperty(kind);
    }
  }

  /** Answers within one change of the world. */
  private interface Route {
    HttpAnswer answer(At at);
  }

  Nex(World world) {
    super(world, Maestrano.SYSTEM);
    this.world = world;
    for (String kind : List.of(APPS, DOMAINS, CERTIFICATES)) {
      onApi("GET " + kind, kind, at -> list(at, kind));
      onApi("POST " + kind, kind, at -> add(at, kind));
      onApi("DELETE " + kind, kind + "/{id}", at -> delete(at, kind));
    }
  }

  private void onApi(String name, String path, Route route) {
    on(
        name,
        name.substring(0, name.indexOf(' ') + 1) + PATH + path,
        call -> world.change(Maestrano.SYSTEM, part -> answer(name, part, call, route)));
  }

  private static HttpAnswer answer(String name, ObjectNode part, RestCall call, Route route) {
    Place place = Place.of(part, call.http().host());
    ObjectNode nex = nex(part, place.environment());
    boolean isKnown =
        call.http()
            .basic()
            .filter(given -> given.user().equals(nex.path("apiKey").asText()))
            .isPresent();
    if (!isKnown) {
      throw refusal(401, "Unauthorized", "The key is unknown.", "");
    }
    if (Json.strings(nex.path("refuses")).contains(name)) {
      throw refusal(403, "Forbidden", "The key may not do that.", "");
    }
    return route.answer(new At(part, nex, place.environment(), call));
  }

  private static ObjectNode nex(ObjectNode part, String environment) {
    return part.withObjectProperty("nex").withObjectProperty(environment);
  }

  @Override
  public ObjectNode defaults() {
    ObjectNode part = Json.object();
    Maestrano.DOMAINS.forEach(
        (environment, domain) -> {
          nex(part, environment).put("apiKey", SandboxDefaults.nexKey(environment));
          part.withObjectProperty("hosts")
              .withObjectProperty("salesforce.apps." + domain)
              .put("down", true);
        });
    return part;
  }

  @Override
  public Map<String, Act> acts() {
    return Map.of("deploy-on-nex", this::deploy);
  }

  @Override
  protected String key(RestCall call) {
    return call.http().host();
  }

  private JsonNode deploy(JsonNode details) {
    return world.change(
        Maestrano.SYSTEM,
        part -> {
          String environment = details.path("environment").asText();
          ObjectNode nex = nex(part, environment);
          ArrayNode apps = nex.withArrayProperty(APPS);
          String name = details.path("app").asText();
          apps.removeIf(is("name", name));
          ObjectNode app =
              added(nex, APPS)
                  .put("name", name)
                  .put("image", details.path("image").asText())
                  .put("image_tag", details.path("tag").asText())
                  .put("nodes", 1);
          app.set("vars", details.path("variables"));
          String host = details.path("host").asText();
          nex.withArrayProperty(DOMAINS).removeIf(is("cname", host));
          added(nex, DOMAINS).put("cname", host).put("origin", app.path("id").asText());
          start(part, environment, host, app);
          return shown(nex, APPS, app);
        });
  }

  private static HttpAnswer list(At at, String kind) {
    String key = key(kind);
    String wanted = at.call().parameter("filter[" + key + "]");
    return page(
        at.call(),
        at.table(kind)
            .valueStream()
            .filter(each -> wanted.isEmpty() || is(key, wanted).test(each))
            .map(each -> shown(at.nex(), kind, each))
            .toList());
  }

  private static HttpAnswer add(At at, String kind) {
    ObjectNode attributes = attributes(at.call(), kind);
    String key = key(kind);
    String value = attributes.path(key).asText();
    if (value.isEmpty()) {
      throw refusal(422, "Invalid", key + " can't be blank", "/data/attributes/" + key);
    }
    if (at.table(kind).valueStream().anyMatch(is(key, value))) {
      throw refusal(422, "Invalid", key + " has already been taken", "/data/attributes/" + key);
    }
    ObjectNode record = added(at.nex(), kind).setAll(attributes);
    if (!kind.equals(APPS)) {
      String app = at.call().json().at("/data/relationships/origin/data/id").asText();
      ObjectNode origin =
          at.table(APPS)
              .valueStream()
              .filter(is("id", app))
              .map(ObjectNode.class::cast)
              .findFirst()
              .orElseThrow(() -> refusal(422, "Invalid", "origin must exist", "/data"));
      record.put("origin", app);
      if (kind.equals(DOMAINS)) {
        start(at.part(), at.environment(), value, origin);
      }
    }
    ObjectNode answer = shown(at.nex(), kind, record);
    if (Json.strings(at.nex().path("ignores")).contains(kind)) {
      at.table(kind).removeIf(is(key, value));
    }
    return one(201, answer);
  }

  private static HttpAnswer delete(At at, String kind) {
    int before = at.table(kind).size();
    if (at.table(kind).removeIf(is("id", at.call().path("id"))).size() == before) {
      throw refusal(404, "Record not found", "There is no such record.", "");
    }
    return HttpAnswer.empty(204);
  }

  /** The app runs at the host from now on. */
  private static void start(ObjectNode part, String environment, String host, JsonNode app) {
    String name = app.path("name").asText();
    part.withObjectProperty("hosts")
        .putObject(host)
        .put("kind", "connector")
        .put("environment", environment)
        .put("application", name.substring(0, Math.max(0, name.lastIndexOf('-'))));
    boolean works = !nex(part, environment).path("withoutWorker").asBoolean();
    ConnectorSite.start(part, host, environment, app.path("vars"), works ? 1 : 0);
  }

  private static ObjectNode added(ObjectNode nex, String kind) {
    int id = nex.path("nextId").asInt() + 1;
    nex.put("nextId", id);
    return nex.withArrayProperty(kind).addObject().put("id", String.valueOf(id));
  }

  private static ObjectNode shown(ObjectNode nex, String kind, JsonNode record) {
    ObjectNode shown = JsonApi.resource(kind, record, "origin", "private_key");
    ((ObjectNode) shown.path("attributes")).remove(Json.strings(nex.path("hides")));
    if (record.has("origin")) {
      shown
          .putObject("relationships")
          .putObject("origin")
          .putObject("data")
          .put("type", APPS)
          .put("id", record.path("origin").asText());
    }
    return shown;
  }

  private static String key(String kind) {
    return kind.equals(APPS) ? "name" : "cname";
  }

  private static Predicate<JsonNode> is(String field, String value) {
    return record -> record.path(field).asText().equals(value);
  }
}
