package dev.slipway.systems.maestrano;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.systems.net.Destination;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.systems.net.SystemTrouble;
import dev.slipway.systems.rest.Authentication;
import dev.slipway.systems.rest.JsonApi;
import dev.slipway.systems.rest.ResourceApi;
import dev.slipway.systems.rest.ResourceApi.Resource;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * MnoHub's API v2 (http://maestrano.github.io/maestrano-hub/), spoken to as a tenant: HTTP Basic
 * with the tenant's id and key. It sees the tenant's own users, organizations and app instances.
 *
 * <pre>{@code
 * MnoHub hub = new MnoHub(http, "hub.uat.customer.example", tenantId, tenantKey);
 * Optional<Resource> user = hub.user("tina@customer.example");
 * }</pre>
 *
 * <p>Paths and attributes are those of mno-enterprise 4.0. No write by a tenant's key was ever
 * tried: whoever writes reads back, and leaves to a person what is refused or stays as it was.
 */
public final class MnoHub {
  /** The system's name, as in the credential's name. */
  public static final String SYSTEM = "mnohub-tenant";

  /** The attribute of a user that gives rights on the tenant. */
  public static final String ROLE = "admin_role";

  private static final String USERS = "users";

  private final ResourceApi api;

  /**
   * @param host of the hub
   * @param tenantId by which the tenant is known; secret
   * @param tenantKey its key; secret
   */
  public MnoHub(HttpPort http, String host, String tenantId, String tenantKey) {
    this.api =
        new ResourceApi(
            new JsonApi(
                    http,
                    SYSTEM,
                    Destination.CUSTOMER,
                    URI.create("https://" + host + "/api/mnoe/v2/"))
                .with(Authentication.basic(tenantId, tenantKey))
                .redacting(tenantId, tenantKey));
  }

  /**
   * The hub as a tenant whose keys are in a credential.
   *
   * @param keys {@code {"tenantId", "tenantKey"}}
   */
  public static MnoHub of(HttpPort http, String host, JsonNode keys) {
    return new MnoHub(http, host, keys.path("tenantId").asText(), keys.path("tenantKey").asText());
  }

  /** Scheme, host and port, which a report may name. */
  public String against() {
    return api.against();
  }

  // --- the tenant

  /** The tenant: {@code name}, {@code domain}, {@code frontend_config}, {@code metadata}, … */
  public Resource tenant() {
    return api.get("tenant", "tenant");
  }

  /**
   * Changes attributes of the tenant. Each replaces the old one as a whole: of {@code
   * frontend_config} and {@code metadata} send all that {@link #tenant} answers, with the change.
   */
  public Resource changeTenant(Resource tenant, ObjectNode attributes) {
    return api.change("the tenant's change", "tenant", tenant, attributes);
  }

  // --- its users

  /** All users of the tenant. */
  public List<Resource> users() {
    return api.list(USERS, USERS, Map.of());
  }

  /** All users of the tenant, each related to its {@code organizations}, if the hub tells them. */
  public List<Resource> usersWithOrganizations() {
    return api.list("users with organizations", USERS, Map.of("include", "organizations"));
  }

  /** The user of an e-mail address; upper and lower case make no difference. */
  public Optional<Resource> user(String email) {
    return api.list("users by e-mail", USERS, Map.of("filter[email]", email)).stream()
        .filter(user -> user.text("email").equalsIgnoreCase(email))
        .findFirst();
  }

  /** Makes a user: {@code email}, {@code name}, {@code surname}, {@code admin_role}, … */
  public Resource createUser(ObjectNode attributes) {
    return api.create("new user", USERS, USERS, attributes);
  }

  /** Gives a user a role; empty text takes it away. */
  public Resource changeRole(Resource user, String role) {
    ObjectNode attributes = attributes();
    attributes.put(ROLE, role.isEmpty() ? null : role);
    return api.change("the user's role", USERS + "/" + user.id(), user, attributes);
  }

  /** Removes a user. */
  public void deleteUser(Resource user) {
    api.delete("removal of a user", USERS + "/" + user.id());
  }

  /**
   * How many resources a user with a role sees as the tenant's manager.
   *
   * @param collection {@code users} or {@code organizations}
   */
  public int seenAs(Resource manager, String collection) {
    return api.list(
            collection + " as a manager",
            collection,
            Map.of("_metadata[act_as_manager]", manager.id()))
        .size();
  }

  /**
   * Reads one resource of a collection at most.
   *
   * @param collection {@code users}, {@code organizations}, {@code apps} or {@code app_instances}
   * @throws SystemTrouble if the tenant may not read it
   */
  public void read(String collection) {
    api.page(collection, collection, Map.of("page[size]", "1"));
  }

  // --- organizations, apps, app instances

  /** The organizations of the tenant's users. */
  public List<Resource> organizations() {
    return api.list("organizations", "organizations", Map.of());
  }

  /** The organization with {@code connectors}: {@code name}, {@code status}, {@code date} each. */
  public Resource synchronizations(Resource organization) {
    return api.get(
        "synchronizations", "organizations/" + organization.id() + "/app_instances_sync");
  }

  /** Freezes an organization, or takes that back. */
  public void freeze(Resource organization, boolean frozen) {
    String operation = frozen ? "freeze" : "unfreeze";
    api.command(
        operation, "PATCH", "organizations/" + organization.id() + "/" + operation, attributes());
  }

  /** The apps of the tenant's catalogue. */
  public List<Resource> apps() {
    return api.list("apps", "apps", Map.of());
  }

  /** The app of an id such as {@code xero}, whether the tenant has it enabled or not. */
  public Optional<Resource> app(String nid) {
    return appsWith(Map.of("filter[nid]", nid, "filter[scope]", "all"), nid);
  }

  /** The app, if the tenant has it enabled. */
  public Optional<Resource> enabledApp(String nid) {
    return appsWith(Map.of("filter[nid]", nid), nid);
  }

  private Optional<Resource> appsWith(Map<String, String> query, String nid) {
    return api.list("apps", "apps", query).stream()
        .filter(app -> app.text("nid").equals(nid))
        .findFirst();
  }

  /** Enables an app for the tenant, or takes that back. */
  public void enable(Resource app, boolean enabled) {
    String operation = enabled ? "enable" : "disable";
    api.command(operation, "PATCH", "apps/" + app.id() + "/" + operation, attributes());
  }

  /** The app instances of all organizations. */
  public List<Resource> instances() {
    return api.list("all app instances", "app_instances", Map.of());
  }

  /** The app instances of an organization. */
  public List<Resource> instances(Resource organization) {
    return api.list(
        "app instances", "app_instances", Map.of("filter[owner_id]", organization.id()));
  }

  /** The instances of an app, of all organizations. */
  public List<Resource> instancesOf(String nid) {
    return api.list("instances of an app", "app_instances", Map.of("filter[app_nid]", nid));
  }

  /** Gives an organization an instance of an app. */
  public void provision(String nid, Resource organization) {
    api.command(
        "new app instance",
        "POST",
        "app_instances/provision",
        attributes()
            .put("app_nid", nid)
            .put("owner_id", organization.id())
            .put("owner_type", "Organization"));
  }

  /** Ends an app instance. */
  public void terminate(Resource instance) {
    api.delete("end of an app instance", "app_instances/" + instance.id() + "/terminate");
  }

  private static ObjectNode attributes() {
    return JsonNodeFactory.instance.objectNode();
  }
}
