package dev.slipway.local.sandbox.maestrano;

import static dev.slipway.local.sandbox.maestrano.JsonApi.attributes;
import static dev.slipway.local.sandbox.maestrano.JsonApi.one;
import static dev.slipway.local.sandbox.maestrano.JsonApi.page;
import static dev.slipway.local.sandbox.maestrano.JsonApi.refusal;
import static dev.slipway.local.sandbox.maestrano.JsonApi.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.local.sandbox.world.Act;
import dev.slipway.local.sandbox.world.HttpAnswer;
import dev.slipway.local.sandbox.world.HttpCall.Credentials;
import dev.slipway.local.sandbox.world.Json;
import dev.slipway.local.sandbox.world.RestCall;
import dev.slipway.local.sandbox.world.RestStandIn;
import dev.slipway.local.sandbox.world.SandboxDefaults;
import dev.slipway.local.sandbox.world.World;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * MnoHub's API v2 (http://maestrano.github.io/maestrano-hub/), as a tenant speaks to it: HTTP Basic
 * with id and key of the tenant, which sees its own users, organizations and app instances, and of
 * the apps those that it has enabled ({@code filter[scope]=all}: all). Shapes follow the clients
 * and specs of mno-enterprise 4.0; which writes the real hub takes from a tenant is unverified.
 *
 * <p>The world's {@code maestrano.hubs.<environment>} has {@code tenants}, {@code users}, {@code
 * organizations}, {@code apps} and {@code app_instances}; an app's {@code tenants} have it enabled.
 * The misbehaviours:
 *
 * <ul>
 *   <li>{@code "refuses": ["PATCH tenant"]}: these operations answer 403
 *   <li>{@code "lacks": ["freeze"]}: as a hub before 4.0, it has no such operation (404), and shows
 *       no {@code account_frozen}; {@code organizations}: nor to which organizations a user belongs
 *   <li>{@code "ignores": ["admin_role"]}: these attributes are taken with success, and not
 *       changed; {@code enable}: nor is an app enabled or disabled
 * </ul>
 *
 * <p>An attribute that a PATCH names is replaced as a whole, as JSON:API says, but for the password
 * of the mail settings, which is not shown. The acts {@code grant-at-hub} ({@code environment},
 * {@code tenant}, {@code email}, {@code role}) and {@code enter-keys-at-hub} ({@code environment},
 * {@code tenant}, {@code keystore}) are what the hub's operator does in its console, {@code
 * sign-in} ({@code environment}, {@code tenant}, {@code email}) what a person does who chooses a
 * password and signs in. In its console (active_admin) the vendor also takes {@code
 * disconnect-at-hub} ({@code environment}, {@code tenant}: no account's keys are valid any more)
 * and {@code delete-at-hub} ({@code environment}, {@code tenant}; {@code organizations}, uids,
 * where not all of them: these with their app instances, and the users that belong to no other).
 */
final class Hub extends RestStandIn {
  private static final Map<String, Set<String>> FILTERS =
      Map.of(
          "users", Set.of("id", "email"),
          "organizations", Set.of("id", "uid"),
          "apps", Set.of("id", "nid", "stack", "active"),
          "app_instances", Set.of("id", "owner_id", "app_nid", "stack", "status"));

  private static final String SMTP = "/frontend_config/system/smtp";
  private static final String PASSWORD = "password";

  /** The applications of a new world, and how each is integrated. */
  private static final Map<String, String> STACKS =
      Map.of(
          "xero", "connector",
          "quickbooks", "connector",
          "salesforce", "cloud",
          "vend", "cloud",
          "ranqx", "cloud");

  /** One call, by the tenant that makes it. */
  private record Tenancy(ObjectNode hub, ObjectNode tenant, RestCall call) {
    String name() {
      return tenant.path("name").asText();
    }

    boolean lacks(String what) {
      return Json.strings(hub.path("lacks")).contains(what);
    }

    ArrayNode table(String table) {
      return hub.withArrayProperty(table);
    }
  }

  /** Answers a tenant's call within one change of the world. */
  private interface TenantHandler {
    HttpAnswer answer(Tenancy tenancy);
  }

  private final World world;
  private final InstantSource clock;

  Hub(World world, InstantSource clock) {
    super(world, Maestrano.SYSTEM);
    this.world = world;
    this.clock = clock;
    on("GET /sidekiq", this::jobs);
    onApi("GET tenant", "tenant", at -> one(200, tenant(at.tenant())));
    onApi("PATCH tenant", "tenant", this::patchTenant);
    onApi("GET users", "users", at -> list(at, "users"));
    onApi("POST users", "users", this::createUser);
    onApi("GET user", "users/{id}", at -> one(200, shown("users", record(at, "users"))));
    onApi("PATCH user", "users/{id}", this::patchUser);
    onApi("DELETE user", "users/{id}", at -> delete(at, "users"));
    onApi("GET organizations", "organizations", at -> list(at, "organizations"));
    onApi("PATCH freeze", "organizations/{id}/freeze", at -> freeze(at, true));
    onApi("PATCH unfreeze", "organizations/{id}/unfreeze", at -> freeze(at, false));
    onApi("GET sync", "organizations/{id}/app_instances_sync", this::sync);
    onApi("POST sync", "organizations/{id}/trigger_app_instances_sync", this::sync);
    onApi("GET apps", "apps", at -> list(at, "apps"));
    onApi("PATCH enable", "apps/{id}/enable", at -> enable(at, true));
    onApi("PATCH disable", "apps/{id}/disable", at -> enable(at, false));
    onApi("GET app_instances", "app_instances", at -> list(at, "app_instances"));
    onApi("POST provision", "app_instances/provision", this::provision);
    onApi("DELETE terminate", "app_instances/{id}/terminate", this::terminate);
  }

  /**
   * Devise leads who is no administrator to the login page; {@code jobs.open} lets everybody in.
   */
  private HttpAnswer jobs(RestCall call) {
    boolean isOpen =
        world.read(
            Maestrano.SYSTEM,
            part -> {
              Place place = Place.of(part, call.http().host());
              return part.at("/hubs/" + place.environment() + "/jobs/open").asBoolean();
            });
    return isOpen
        ? SidekiqJobs.page()
        : HttpAnswer.empty(302).with("Location", "/mnoe/auth/users/sign_in");
  }

  /** The method of the name is that of the route. */
  private void onApi(String name, String path, TenantHandler handler) {
    String method = name.substring(0, name.indexOf(' '));
    on(name, method + " /api/mnoe/v2/" + path, call -> answer(name, call, handler));
  }

  private HttpAnswer answer(String name, RestCall call, TenantHandler handler) {
    return world.change(
        Maestrano.SYSTEM,
        part -> {
          Place place = Place.of(part, call.http().host());
          ObjectNode hub = part.withObjectProperty("hubs").withObjectProperty(place.environment());
          ObjectNode tenant =
              call.http()
                  .basic()
                  .flatMap(given -> find(hub.withArrayProperty("tenants"), is(given)))
                  .orElseThrow(() -> refusal(401, "Unauthorized", "No tenant has these keys.", ""));
          if (Json.strings(hub.path("refuses")).contains(name)) {
            throw refusal(403, "Forbidden", "The tenant may not " + name + ".", "");
          }
          requireManager(hub, tenant, call);
          return handler.answer(new Tenancy(hub, tenant, call));
        });
  }

  private static Predicate<JsonNode> is(Credentials given) {
    return tenant ->
        tenant.path("tenantId").asText().equals(given.user())
            && tenant.path("tenantKey").asText().equals(given.password());
  }

  /** {@code _metadata[act_as_manager]} is a user's id, who has to have a role. */
  private static void requireManager(ObjectNode hub, ObjectNode tenant, RestCall call) {
    String manager = call.parameter("_metadata[act_as_manager]");
    if (!manager.isEmpty()
        && find(
                hub.withArrayProperty("users"),
                user ->
                    user.path("id").asText().equals(manager)
                        && user.path("tenant").equals(tenant.path("name"))
                        && user.path("admin_role").isTextual())
            .isEmpty()) {
      throw refusal(403, "Forbidden", "The user " + manager + " manages nothing.", "");
    }
  }

  @Override
  public ObjectNode defaults() {
    ObjectNode part = Json.object();
    Map<String, List<String>> hubs = new LinkedHashMap<>();
    Maestrano.DOMAINS.keySet().forEach(environment -> hubs.put(environment, Maestrano.TENANTS));
    hubs.put(Maestrano.CATALOGUE, List.of("vendor"));
    hubs.put(Maestrano.SHARED, List.of("acme"));
    hubs.forEach(
        (environment, tenants) -> {
          ObjectNode hub = part.withObjectProperty("hubs").putObject(environment);
          hub.put("nextId", 100);
          for (String name : tenants) {
            ObjectNode tenant =
                added(hub, "tenants")
                    .put("name", name)
                    .put("tenantId", SandboxDefaults.hubTenantId(environment, name))
                    .put("tenantKey", SandboxDefaults.hubTenantKey(environment, name))
                    .put("domain", "");
            tenant.putObject("frontend_config");
            tenant.putObject("keystore");
            tenant.putObject("metadata").put("app_management", "marketplace");
            added(hub, "organizations")
                .put("uid", "org-" + name)
                .put("name", "Demo of " + name)
                .put("tenant", name)
                .put("account_frozen", false);
          }
          STACKS.keySet().stream().sorted().forEach(nid -> addApp(hub, nid, STACKS.get(nid)));
          hub.putArray("users");
          hub.putArray("app_instances");
        });
    return part;
  }

  @Override
  public Map<String, Act> acts() {
    return Map.of(
        "grant-at-hub",
        this::grant,
        "sign-in",
        this::signIn,
        "enter-keys-at-hub",
        this::enterKeys,
        "disconnect-at-hub",
        this::disconnect,
        "delete-at-hub",
        this::deleteTenantsOwn);
  }

  @Override
  protected String key(RestCall call) {
    return call.http().host()
        + call.path().values().stream().findFirst().map(id -> "/" + id).orElse("");
  }

  // --- tenant and users

  private static ObjectNode tenant(ObjectNode tenant) {
    ObjectNode shown = tenant.deepCopy();
    if (shown.at(SMTP) instanceof ObjectNode smtp) {
      smtp.remove(PASSWORD);
    }
    return resource("tenants", shown, "tenantId", "tenantKey");
  }

  /** What is not shown stays as it is where a change does not name it. */
  private static void keepPassword(JsonNode before, ObjectNode tenant) {
    JsonNode password = before.at(SMTP).path(PASSWORD);
    if (password.isTextual()
        && tenant.at(SMTP) instanceof ObjectNode smtp
        && !smtp.isEmpty()
        && !smtp.has(PASSWORD)) {
      smtp.set(PASSWORD, password);
    }
  }

  private HttpAnswer patchTenant(Tenancy at) {
    ObjectNode attributes = attributes(at.call(), "tenants");
    JsonNode before = at.tenant().deepCopy();
    take(
        at,
        at.tenant(),
        attributes,
        Set.of("name", "domain", "frontend_config", "keystore", "metadata"));
    keepPassword(before, at.tenant());
    return one(200, tenant(at.tenant()));
  }

  private HttpAnswer createUser(Tenancy at) {
    ObjectNode attributes = attributes(at.call(), "users");
    String email = attributes.path("email").asText();
    if (user(at.hub(), at.name(), email).isPresent()) {
      throw refusal(
          422,
          "has already been taken",
          "email - has already been taken",
          "/data/attributes/email");
    }
    ObjectNode user = newUser(at.hub(), at.name(), email);
    take(at, user, attributes, Set.of("name", "surname", "admin_role", "company", "phone"));
    return one(201, shown("users", user));
  }

  private HttpAnswer patchUser(Tenancy at) {
    ObjectNode user = record(at, "users");
    take(
        at,
        user,
        attributes(at.call(), "users"),
        Set.of("name", "surname", "admin_role", "company", "phone"));
    return one(200, shown("users", user));
  }

  private ObjectNode newUser(ObjectNode hub, String tenant, String email) {
    ObjectNode user = added(hub, "users").put("email", email).put("tenant", tenant);
    user.put("uid", "usr-" + user.path("id").asText())
        .put("created_at", clock.instant().toString());
    return user.putNull("admin_role")
        .putNull("confirmed_at")
        .putNull("last_sign_in_at")
        .putNull("api_key");
  }

  /** Takes the attributes that are sent; those that the hub ignores stay as they are. */
  private static void take(
      Tenancy at, ObjectNode record, ObjectNode attributes, Set<String> known) {
    List<String> ignored = Json.strings(at.hub().path("ignores"));
    attributes
        .properties()
        .forEach(
            each -> {
              if (known.contains(each.getKey()) && !ignored.contains(each.getKey())) {
                record.set(each.getKey(), each.getValue().deepCopy());
              }
            });
  }

  private JsonNode grant(JsonNode details) {
    return console(
        details,
        hub -> {
          String tenant = details.path("tenant").asText();
          String email = details.path("email").asText();
          ObjectNode user = user(hub, tenant, email).orElseGet(() -> newUser(hub, tenant, email));
          return user.put("admin_role", details.path("role").asText());
        });
  }

  private JsonNode enterKeys(JsonNode details) {
    return console(
        details,
        hub -> {
          ObjectNode tenant =
              find(
                      hub.withArrayProperty("tenants"),
                      each -> each.path("name").equals(details.path("tenant")))
                  .orElseThrow(() -> new IllegalArgumentException("there is no such tenant"));
          Json.merge(tenant.withObjectProperty("keystore"), details.path("keystore"));
          return tenant;
        });
  }

  private JsonNode signIn(JsonNode details) {
    return console(
        details,
        hub -> {
          String email = details.path("email").asText();
          ObjectNode user =
              user(hub, details.path("tenant").asText(), email)
                  .orElseThrow(() -> new IllegalArgumentException(email + " is no user there"));
          String now = clock.instant().toString();
          return (user.path("confirmed_at").isNull() ? user.put("confirmed_at", now) : user)
              .put("last_sign_in_at", now);
        });
  }

  private JsonNode disconnect(JsonNode details) {
    return console(
        details,
        hub -> {
          hub.withArrayProperty("app_instances")
              .valueStream()
              .filter(each -> each.path("tenant").equals(details.path("tenant")))
              .map(ObjectNode.class::cast)
              .forEach(each -> each.put("oauth_keys_valid", false).putNull("oauth_company"));
          return hub;
        });
  }

  private JsonNode deleteTenantsOwn(JsonNode details) {
    List<String> named = Json.strings(details.path("organizations"));
    return console(
        details,
        hub -> {
          Predicate<JsonNode> isOwn = each -> each.path("tenant").equals(details.path("tenant"));
          Predicate<JsonNode> isGone =
              isOwn.and(each -> named.isEmpty() || named.contains(each.path("uid").asText()));
          List<String> gone =
              hub.withArrayProperty("organizations")
                  .valueStream()
                  .filter(isGone)
                  .map(each -> each.path("id").asText())
                  .toList();
          hub.withArrayProperty("organizations").removeIf(isGone);
          hub.withArrayProperty("app_instances")
              .removeIf(isOwn.and(each -> gone.contains(each.path("owner_id").asText())));
          hub.withArrayProperty("users")
              .removeIf(
                  isOwn.and(
                      user ->
                          user.has("organizations")
                              && gone.containsAll(Json.strings(user.path("organizations")))));
          return hub;
        });
  }

  private JsonNode console(JsonNode details, Function<ObjectNode, ObjectNode> change) {
    return world.change(
        Maestrano.SYSTEM,
        part ->
            change
                .apply(
                    part.withObjectProperty("hubs")
                        .withObjectProperty(details.path("environment").asText()))
                .deepCopy());
  }

  private static Optional<ObjectNode> user(ObjectNode hub, String tenant, String email) {
    return find(
        hub.withArrayProperty("users"),
        each ->
            each.path("tenant").asText().equals(tenant)
                && each.path("email").asText().equalsIgnoreCase(email));
  }

  // --- organizations, apps, app instances

  private HttpAnswer freeze(Tenancy at, boolean frozen) {
    if (at.lacks("freeze")) {
      throw refusal(404, "Not found", "No route matches.", "");
    }
    ObjectNode organization = record(at, "organizations").put("account_frozen", frozen);
    return one(200, shown("organizations", organization));
  }

  /** The organization with the last synchronization of each of its connectors. */
  private HttpAnswer sync(Tenancy at) {
    ObjectNode organization = record(at, "organizations");
    organization.withArrayProperty("connectors");
    return page(at.call(), List.of(shown("organizations", organization)));
  }

  private HttpAnswer enable(Tenancy at, boolean enabled) {
    ObjectNode app = record(at, "apps");
    List<String> tenants = Json.strings(app.path("tenants"));
    Stream<String> others = tenants.stream().filter(each -> !each.equals(at.name()));
    Stream<String> now = enabled ? Stream.concat(others, Stream.of(at.name())) : others;
    if (!Json.strings(at.hub().path("ignores")).contains("enable")) {
      app.set("tenants", Json.texts(now.toList()));
    }
    return one(200, shown("apps", app));
  }

  private HttpAnswer provision(Tenancy at) {
    ObjectNode asked = attributes(at.call(), "");
    String nid = asked.path("app_nid").asText();
    ObjectNode app =
        find(at.table("apps"), each -> each.path("nid").asText().equals(nid))
            .filter(each -> Json.strings(each.path("tenants")).contains(at.name()))
            .orElseThrow(() -> refusal(404, "Record not found", "No such app.", ""));
    ObjectNode instance =
        added(at.hub(), "app_instances")
            .put("app_nid", nid)
            .put("owner_id", asked.path("owner_id").asText())
            .put("owner_type", "Organization")
            .put("tenant", at.name())
            .put("status", "running")
            .put("oauth_keys_valid", false);
    instance.set("stack", app.path("stack"));
    instance.putNull("oauth_company").put("created_at", clock.instant().toString());
    return one(201, shown("app_instances", instance));
  }

  private HttpAnswer terminate(Tenancy at) {
    ObjectNode instance = record(at, "app_instances").put("status", "terminated");
    return one(200, shown("app_instances", instance));
  }

  private static ObjectNode addApp(ObjectNode hub, String nid, String stack) {
    ObjectNode app =
        added(hub, "apps").put("nid", nid).put("name", nid).put("stack", stack).put("active", true);
    app.putArray("tenants");
    return app;
  }

  /** Has a hub offer an application of the vendor's catalogue, once the vendor has linked it. */
  static ObjectNode offer(ObjectNode part, String environment, String nid) {
    ObjectNode hubs = part.withObjectProperty("hubs");
    Predicate<JsonNode> wanted = app -> app.path("nid").asText().equals(nid);
    ObjectNode known =
        find(hubs.withObjectProperty(Maestrano.CATALOGUE).withArrayProperty("apps"), wanted)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "the catalogue has no application \"" + nid + "\""));
    ObjectNode hub = hubs.withObjectProperty(environment);
    return find(hub.withArrayProperty("apps"), wanted)
        .orElseGet(() -> addApp(hub, nid, known.path("stack").asText()))
        .deepCopy();
  }

  // --- records

  static ObjectNode added(ObjectNode hub, String table) {
    int id = hub.path("nextId").asInt() + 1;
    hub.put("nextId", id);
    return hub.withArrayProperty(table).addObject().put("id", String.valueOf(id));
  }

  private static ObjectNode shown(String type, ObjectNode record) {
    return resource(type, record, "tenant", "tenants", "organizations");
  }

  private static HttpAnswer list(Tenancy at, String table) {
    Map<String, String> parameters = at.call().http().parameters();
    Stream<ObjectNode> found =
        at.table(table)
            .valueStream()
            .map(ObjectNode.class::cast)
            .filter(each -> isSeen(at, table, each));
    for (Map.Entry<String, String> each : parameters.entrySet()) {
      String field = each.getKey().replaceAll("^filter\\[(.*)]$", "$1");
      if (field.equals(each.getKey()) || field.equals("scope")) {
        continue;
      }
      if (!FILTERS.get(table).contains(field)) {
        throw refusal(400, "Filter not allowed", field + " is not allowed.", "");
      }
      found = found.filter(record -> record.path(field).asText().equalsIgnoreCase(each.getValue()));
    }
    return page(at.call(), found.map(each -> listed(at, table, each)).toList());
  }

  private static ObjectNode listed(Tenancy at, String table, ObjectNode record) {
    ObjectNode resource = shown(table, record);
    if (at.lacks("freeze")) {
      resource.withObjectProperty("attributes").remove("account_frozen");
    }
    if (at.call().parameter("include").equals("organizations") && !at.lacks("organizations")) {
      ArrayNode data =
          resource
              .withObjectProperty("relationships")
              .withObjectProperty("organizations")
              .putArray("data");
      Json.strings(record.path("organizations"))
          .forEach(id -> data.addObject().put("type", "organizations").put("id", id));
    }
    return resource;
  }

  private static boolean isSeen(Tenancy at, String table, JsonNode record) {
    return table.equals("apps")
        ? at.call().parameter("filter[scope]").equals("all")
            || Json.strings(record.path("tenants")).contains(at.name())
        : record.path("tenant").asText().equals(at.name());
  }

  private static ObjectNode record(Tenancy at, String table) {
    String id = at.call().path("id");
    return find(
            at.table(table),
            each ->
                each.path("id").asText().equals(id)
                    && (table.equals("apps") || each.path("tenant").asText().equals(at.name())))
        .orElseThrow(() -> refusal(404, "Record not found", "There is no " + id + ".", ""));
  }

  private static HttpAnswer delete(Tenancy at, String table) {
    ObjectNode record = record(at, table);
    at.table(table).removeIf(record::equals);
    return HttpAnswer.empty(204);
  }

  private static Optional<ObjectNode> find(ArrayNode table, Predicate<JsonNode> wanted) {
    return table.valueStream().filter(wanted).map(ObjectNode.class::cast).findFirst();
  }
}
