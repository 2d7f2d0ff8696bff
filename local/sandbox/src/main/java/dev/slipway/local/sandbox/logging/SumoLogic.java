package dev.slipway.local.sandbox.logging;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.local.sandbox.world.Act;
import dev.slipway.local.sandbox.world.HttpAnswer;
import dev.slipway.local.sandbox.world.HttpCall.Credentials;
import dev.slipway.local.sandbox.world.Json;
import dev.slipway.local.sandbox.world.Refusal;
import dev.slipway.local.sandbox.world.RestCall;
import dev.slipway.local.sandbox.world.RestStandIn;
import dev.slipway.local.sandbox.world.SandboxDefaults;
import dev.slipway.local.sandbox.world.Site;
import dev.slipway.local.sandbox.world.World;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Sumo Logic's API. An account lives in one deployment; every other one answers HTTP 301 with the
 * right address. Users and roles are as the vendor's OpenAPI description has them.
 *
 * <p>The world's part {@code sumo-logic}: {@code deployment}, {@code accessId}, {@code accessKey},
 * {@code status} (an account status as the vendor describes it), {@code users} (address to user),
 * {@code collectors}, {@code accessKeys}, {@code jobs}, {@code monitors}, {@code slow} (so many
 * looks more find a search not done), {@code denied} (routes that answer 403). Collectors and
 * searches are as the vendor's pages have them; lines are those of {@link LogLines}.
 *
 * <p>The acts: {@code sign-in-to-sumo-logic} ({@code email}) is what a person does who was invited,
 * {@code make-sumo-logic-key} ({@code label}) what an administrator does for the collectors.
 */
public final class SumoLogic extends RestStandIn {

  private static final String SYSTEM = "sumo-logic";
  private static final String COLLECTORS = "/api/v1/collectors";
  private static final String SOURCES = "/{id}/sources";
  private static final String JOBS = "/api/v1/search/jobs";
  private static final String MONITORS = "/api/v1/monitors";
  private static final String COOKIE = "JSESSIONID=5andb0xSession01";
  private static final String NOW = "2026-11-24T10:00:00Z";
  private static final Map<String, String> ROLES =
      Map.of("Administrator", "0000000000000001", "Analyst", "0000000000000002");

  private final World world;
  private final LogLines lines;

  /** Does what a route is for, within one change of the world. */
  @FunctionalInterface
  private interface Work {
    HttpAnswer answer(ObjectNode part, RestCall call);
  }

  /** Sumo Logic with the world's account. */
  public SumoLogic(World world) {
    super(
        world,
        SYSTEM,
        Site.https("api.sumologic.com", "203.0.113.132"),
        Site.https("*.sumologic.com", "203.0.113.133"));
    this.world = world;
    this.lines = new LogLines(world);
    signedIn("GET /api/v1/account/status", (part, call) -> ok(part.path("status")));
    signedIn("GET /api/v1/roles", (part, call) -> roles(call.parameter("name")));
    signedIn("GET /api/v1/users", SumoLogic::users);
    signedIn("POST /api/v1/users", SumoLogic::newUser);
    signedIn("DELETE /api/v1/users/{id}", SumoLogic::removeUser);
    signedIn("GET " + COLLECTORS, (part, call) -> installed());
    signedIn("GET " + COLLECTORS + "/name/{name}", SumoLogic::byName);
    signedIn("POST " + COLLECTORS, SumoLogic::newCollector);
    signedIn("DELETE " + COLLECTORS + "/{id}", SumoLogic::removeCollector);
    signedIn("GET " + COLLECTORS + SOURCES, this::sources);
    signedIn("POST " + COLLECTORS + SOURCES, SumoLogic::newSource);
    signedIn("DELETE " + COLLECTORS + SOURCES + "/{source}", SumoLogic::removeSource);
    signedIn("GET /api/v1/accessKeys", (part, call) -> list(part.path("accessKeys")));
    signedIn("POST " + JOBS, this::newSearch);
    signedIn("GET " + JOBS + "/{job}", SumoLogic::searchState);
    signedIn("GET " + JOBS + "/{job}/records", (part, call) -> ok(job(part, call)));
    signedIn("DELETE " + JOBS + "/{job}", SumoLogic::removeSearch);
    signedIn("GET " + MONITORS + "/root", (part, call) -> root());
    signedIn("GET " + MONITORS + "/search", this::searchMonitors);
    signedIn("POST " + MONITORS, this::newMonitor);
    signedIn("GET " + MONITORS + "/{id}", (part, call) -> ok(shown(monitor(part, call))));
    signedIn("PUT " + MONITORS + "/{id}", this::changeMonitor);
    signedIn("DELETE " + MONITORS + "/{id}", SumoLogic::removeMonitor);
    on("POST /receiver/v1/http/{token}", this::receive);
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
    part.putObject("users");
    part.putObject("collectors");
    part.putArray("accessKeys");
    part.putObject("monitors");
    return part;
  }

  @Override
  public Map<String, Act> acts() {
    Map<String, Act> acts = new HashMap<>(lines.acts());
    acts.put("sign-in-to-sumo-logic", this::signIn);
    acts.put("make-sumo-logic-key", this::makeKey);
    return acts;
  }

  private JsonNode makeKey(JsonNode details) {
    return world.change(
        SYSTEM,
        part -> {
          ObjectNode key = made(Json.object()).put("id", nextId(part)).put("disabled", false);
          key.remove("modifiedBy");
          part.withArrayProperty("accessKeys").add(key.put("label", text(details, "label")));
          return key.deepCopy();
        });
  }

  private JsonNode signIn(JsonNode details) {
    return world.change(
        SYSTEM,
        part -> {
          if (!(part.path("users").path(lower(details.path("email").asText()))
              instanceof ObjectNode user)) {
            throw new IllegalArgumentException("nobody has invited this person");
          }
          return user.put("lastLoginTimestamp", NOW).deepCopy();
        });
  }

  private void signedIn(String route, Work work) {
    on(
        route,
        call ->
            world.change(
                SYSTEM,
                part -> {
                  admit(part, call);
                  if (Json.strings(part.path("denied")).contains(route)) {
                    throw refusal(403, "forbidden", "You do not have the capability for this.");
                  }
                  return work.answer(part, call);
                }));
  }

  private static void admit(ObjectNode part, RestCall call) {
    Credentials login = new Credentials(text(part, "accessId"), text(part, "accessKey"));
    if (call.http().basic().filter(login::equals).isEmpty()) {
      throw error(401, "unauthorized", "Credential could not be verified.");
    }
    String host = "api.%s.sumologic.com".formatted(text(part, "deployment")).replace(".us1.", ".");
    if (!call.http().host().equals(host)) {
      String query = call.http().query().isEmpty() ? "" : "?" + call.http().query();
      throw new Refusal(
          error(
                  301,
                  "moved",
                  "The requested resource SHOULD be accessed through returned URI in Location"
                      + " Header.")
              .answer()
              .with("Location", "https://" + host + call.http().path() + query));
    }
  }

  // --- users

  private static HttpAnswer roles(String name) {
    ObjectNode answer = Json.object();
    ArrayNode data = answer.putArray("data");
    ROLES.forEach(
        (role, id) -> {
          if (name.isEmpty() || name.equals(role)) {
            data.add(made(Json.object()).put("name", role).put("id", id));
          }
        });
    return ok(answer);
  }

  private static HttpAnswer users(ObjectNode part, RestCall call) {
    ObjectNode answer = Json.object();
    ArrayNode data = answer.putArray("data");
    String email = lower(call.parameter("email"));
    part.path("users")
        .properties()
        .forEach(
            each -> {
              if (email.isEmpty() || each.getKey().equals(email)) {
                data.add(each.getValue());
              }
            });
    return ok(answer);
  }

  private static HttpAnswer newUser(ObjectNode part, RestCall call) {
    ObjectNode given = (ObjectNode) call.json();
    String email = lower(text(given, "email"));
    if (part.path("users").has(email)) {
      throw refusal(400, "user:email_already_exists", "A user with this email already exists.");
    }
    ObjectNode user = made(given.deepCopy()).put("id", nextId(part));
    part.withObjectProperty("users")
        .set(email, user.put("isActive", true).put("isLocked", false).put("isMfaEnabled", false));
    return ok(user);
  }

  private static HttpAnswer removeUser(ObjectNode part, RestCall call) {
    ObjectNode users = part.withObjectProperty("users");
    String email =
        users.properties().stream()
            .filter(each -> text(each.getValue(), "id").equals(call.path("id")))
            .map(Map.Entry::getKey)
            .findFirst()
            .orElseThrow(() -> refusal(404, "user:not_found", "There is no such user."));
    users.remove(email);
    return HttpAnswer.empty(204);
  }

  // --- collectors

  private HttpAnswer installed() {
    ObjectNode answer = Json.object();
    ArrayNode list = answer.putArray("collectors");
    lines
        .hosts()
        .properties()
        .forEach(
            each ->
                list.addObject()
                    .put("id", "host:" + each.getKey())
                    .put("name", each.getKey())
                    .put("collectorType", "Installable")
                    .put("alive", each.getValue().path("alive").asBoolean()));
    return ok(answer);
  }

  private static HttpAnswer byName(ObjectNode part, RestCall call) {
    return part.path("collectors")
        .valueStream()
        .filter(each -> text(each, "name").equals(call.path("name")))
        .findFirst()
        .map(each -> ok(Json.object().set("collector", withoutSources(each))))
        .orElseThrow(() -> error(404, "collectors.name.invalid", "There is no such collector."));
  }

  private static ObjectNode withoutSources(JsonNode collector) {
    ObjectNode shown = collector.deepCopy();
    shown.remove("sources");
    return shown;
  }

  private static HttpAnswer newCollector(ObjectNode part, RestCall call) {
    ObjectNode collector = call.json().path("collector").deepCopy();
    ObjectNode all = part.withObjectProperty("collectors");
    refuseDuplicate(all, collector);
    String id = nextId(part);
    all.set(id, collector.put("id", id).put("alive", true));
    return HttpAnswer.json(201, Json.object().set("collector", collector.deepCopy()));
  }

  private static void refuseDuplicate(JsonNode all, JsonNode wanted) {
    if (all.valueStream().anyMatch(each -> text(each, "name").equals(text(wanted, "name")))) {
      throw error(400, "DuplicateResourceName", "The name is taken.");
    }
  }

  private static ObjectNode collector(ObjectNode part, RestCall call) {
    if (part.path("collectors").path(call.path("id")) instanceof ObjectNode found) {
      return found;
    }
    throw error(404, "collectors.id.invalid", "There is no such collector.");
  }

  private static HttpAnswer removeCollector(ObjectNode part, RestCall call) {
    collector(part, call);
    part.withObjectProperty("collectors").remove(call.path("id"));
    return HttpAnswer.empty(200);
  }

  private HttpAnswer sources(ObjectNode part, RestCall call) {
    ObjectNode answer = Json.object();
    ArrayNode list = answer.putArray("sources");
    if (call.path("id").startsWith("host:")) {
      Json.strings(lines.hosts().path(call.path("id").substring(5)).path("kinds"))
          .forEach(kind -> list.addObject().put("name", kind).put("category", kind));
    } else {
      collector(part, call).path("sources").forEach(list::add);
    }
    return ok(answer);
  }

  private static HttpAnswer newSource(ObjectNode part, RestCall call) {
    ObjectNode source = call.json().path("source").deepCopy();
    ObjectNode all = collector(part, call).withObjectProperty("sources");
    refuseDuplicate(all, source);
    String id = nextId(part);
    source
        .put("id", id)
        .put(
            "url",
            "https://endpoint1.collection.%s.sumologic.com/receiver/v1/http/5andb0xS0urce%s"
                .formatted(text(part, "deployment"), id));
    all.set(id, source);
    return HttpAnswer.json(201, Json.object().set("source", source.deepCopy()));
  }

  private static HttpAnswer removeSource(ObjectNode part, RestCall call) {
    collector(part, call).withObjectProperty("sources").remove(call.path("source"));
    return HttpAnswer.empty(200);
  }

  /** The address is all that lets in. */
  private HttpAnswer receive(RestCall call) {
    JsonNode collectors = world.read(SYSTEM, part -> part.path("collectors").<JsonNode>deepCopy());
    JsonNode source =
        collectors
            .valueStream()
            .flatMap(each -> each.path("sources").valueStream())
            .filter(each -> text(each, "url").endsWith("/" + call.path("token")))
            .findFirst()
            .orElseThrow(() -> error(401, "unauthorized", "The token is not known."));
    String category = text(source, "category");
    lines.add(category, "nex-app", category, call.http().text());
    return HttpAnswer.empty(200);
  }

  // --- searches

  /** A job is found again by whoever keeps the cookie. */
  private HttpAnswer newSearch(ObjectNode part, RestCall call) {
    JsonNode given = call.json();
    String query = text(given, "query");
    if (!given.has("from") || !given.has("to") || !LogLines.isWellFormed(query)) {
      throw error(400, "searchjob.validation", "The query or its time cannot be read.");
    }
    String id = nextId(part);
    ObjectNode job = part.withObjectProperty("jobs").putObject(id);
    List<JsonNode> found = lines.found(query);
    job.put("messageCount", found.size());
    ArrayNode records = job.putArray("records");
    if (query.contains("| count by")) {
      LogLines.grouped(found, "_sourcehost", "_sourcecategory")
          .forEach(row -> records.addObject().set("map", row));
    }
    return HttpAnswer.json(202, Json.object().put("id", id))
        .with("Set-Cookie", COOKIE + "; Path=/");
  }

  private static JsonNode job(ObjectNode part, RestCall call) {
    JsonNode job = part.path("jobs").path(call.path("job"));
    if (!job.isObject() || !call.http().header("cookie").orElse("").contains(COOKIE)) {
      throw error(404, "searchjob.jobid.invalid", "Job ID is invalid.");
    }
    return job;
  }

  private static HttpAnswer searchState(ObjectNode part, RestCall call) {
    int slow = part.path("slow").asInt();
    part.put("slow", Math.max(0, slow - 1));
    ObjectNode answer =
        Json.object()
            .put("state", slow > 0 ? "GATHERING RESULTS" : "DONE GATHERING RESULTS")
            .put("messageCount", job(part, call).path("messageCount").asInt());
    return ok(answer);
  }

  private static HttpAnswer removeSearch(ObjectNode part, RestCall call) {
    job(part, call);
    part.withObjectProperty("jobs").remove(call.path("job"));
    return ok(Json.object().put("id", call.path("job")));
  }

  // --- monitors

  private static ObjectNode item(ObjectNode object, String id, String kind) {
    return made(object)
        .put("id", id)
        .put("parentId", "0000000000000000")
        .put("contentType", kind)
        .put("type", "MonitorsLibrary" + kind + "Response")
        .put("isSystem", false)
        .put("isMutable", true);
  }

  private static HttpAnswer root() {
    ObjectNode folder = item(Json.object(), "0000000000000001", "Folder");
    folder.put("name", "Monitor").put("description", "").put("version", 0);
    folder.putArray("permissions").add("Read").add("Create");
    folder.putArray("children");
    return ok(folder);
  }

  private HttpAnswer searchMonitors(ObjectNode part, RestCall call) {
    ArrayNode found = Json.array();
    for (JsonNode each : part.path("monitors")) {
      if (text(each, "name").contains(call.parameter("query"))) {
        ObjectNode item = found.addObject();
        item.set("item", shown((ObjectNode) each.deepCopy()));
        item.put("path", "/Monitor/" + text(each, "name"));
      }
    }
    return ok(found);
  }

  /** With its state: critical from its number of lines on. */
  private ObjectNode shown(ObjectNode monitor) {
    int found = lines.found(monitor.at("/queries/0/query").asText()).size();
    boolean isCritical = found >= monitor.at("/triggers/0/threshold").asInt();
    monitor.putArray("status").add(isCritical ? "Critical" : "Normal");
    return monitor;
  }

  private static ObjectNode monitor(ObjectNode part, RestCall call) {
    if (part.path("monitors").path(call.path("id")) instanceof ObjectNode found) {
      return found.deepCopy();
    }
    throw refusal(404, "content:not_found", "There is no such monitor.");
  }

  private HttpAnswer newMonitor(ObjectNode part, RestCall call) {
    ObjectNode monitor = readable(call);
    if (!call.parameter("parentId").equals("0000000000000001")) {
      throw refusal(404, "content:not_found", "There is no such folder.");
    }
    String id = nextId(part);
    part.withObjectProperty("monitors").set(id, item(monitor, id, "Monitor").put("version", 0));
    return ok(shown(monitor.deepCopy()));
  }

  private HttpAnswer changeMonitor(ObjectNode part, RestCall call) {
    ObjectNode monitor = readable(call);
    int version = monitor(part, call).path("version").asInt();
    if (monitor.path("version").asInt(-1) != version) {
      throw refusal(409, "content:version_conflict", "Somebody else has changed the monitor.");
    }
    part.withObjectProperty("monitors")
        .set(
            call.path("id"), item(monitor, call.path("id"), "Monitor").put("version", version + 1));
    return ok(shown(monitor.deepCopy()));
  }

  private static ObjectNode readable(RestCall call) {
    ObjectNode monitor = call.json().deepCopy();
    if (!LogLines.isWellFormed(monitor.at("/queries/0/query").asText())) {
      throw refusal(400, "monitor:invalid_query", "The query cannot be parsed");
    }
    return monitor;
  }

  private static HttpAnswer removeMonitor(ObjectNode part, RestCall call) {
    monitor(part, call);
    part.withObjectProperty("monitors").remove(call.path("id"));
    return HttpAnswer.empty(204);
  }

  // --- what all have in common

  private static HttpAnswer list(JsonNode data) {
    return ok(Json.object().set("data", data.deepCopy()));
  }

  private static ObjectNode made(ObjectNode object) {
    return object
        .put("createdAt", NOW)
        .put("createdBy", "0000000000000AAA")
        .put("modifiedAt", NOW)
        .put("modifiedBy", "0000000000000AAA");
  }

  private static String nextId(ObjectNode part) {
    int id = part.path("nextId").asInt(100) + 1;
    part.put("nextId", id);
    return "%016d".formatted(id);
  }

  private static String text(JsonNode part, String field) {
    return part.path(field).asText();
  }

  private static String lower(String email) {
    return email.toLowerCase(Locale.ROOT);
  }

  /** In the form of collectors, of searches, and of what meets every call. */
  private static Refusal error(int status, String code, String message) {
    ObjectNode answer = Json.object().put("status", status).put("id", "SNDBX-00001-00001");
    return new Refusal(HttpAnswer.json(status, answer.put("code", code).put("message", message)));
  }

  /** In the form of the newer APIs. */
  private static Refusal refusal(int status, String code, String message) {
    ObjectNode answer = Json.object().put("id", "SNDBX-00001-00002");
    answer.putArray("errors").addObject().put("code", code).put("message", message);
    return new Refusal(HttpAnswer.json(status, answer));
  }
}
