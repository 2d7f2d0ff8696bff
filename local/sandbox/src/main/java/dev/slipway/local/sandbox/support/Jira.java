package dev.slipway.local.sandbox.support;

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
import java.util.List;
import java.util.Map;

/**
 * A site of Jira Cloud with Jira Service Management, by the vendor's description of its platform
 * API v3 and the types of the library jira.js; unverified: the bodies of its errors. The world's
 * part {@code jira}: {@code users} (address to {@code token}, {@code accountId}, {@code
 * permissions}), {@code projects} (by key: {@code name}, {@code lead}, {@code id} of the desk,
 * {@code customers}, {@code organizations}, {@code agents}), {@code organizations} (by id: {@code
 * name}, {@code members}), {@code hidden} (keys of projects that nobody here sees), {@code denied}
 * (routes that answer 403).
 *
 * <p>The act {@code add-jira-agent} ({@code project}, {@code name}) is what an administrator does
 * who buys a seat.
 */
public final class Jira extends RestStandIn {
  private static final String SYSTEM = "jira";
  private static final String API = "/rest/servicedeskapi/";
  private static final String ORGANIZATIONS = API + "organization";
  private static final String DESK = "%s " + API + "servicedesk/{id}/%s";
  private static final int TEAM = 10_002;

  private final World world;

  /** The vendor's site with the world's users and projects. */
  public Jira(World world) {
    super(world, SYSTEM, Site.https(SandboxDefaults.JIRA_HOST, "203.0.113.155"));
    this.world = world;
    on("GET /rest/api/3/myself", call -> ok(myself(user(call))));
    on("GET /rest/api/3/mypermissions", this::permissions);
    signedIn("GET /rest/api/3/user/search", Jira::search);
    signedIn("GET /rest/api/3/project/{key}", (part, call) -> ok(shown(project(part, call))));
    signedIn("POST /rest/api/3/project", Jira::newProject);
    signedIn("PUT /rest/api/3/project/{key}", Jira::changeProject);
    signedIn("GET /rest/api/3/project/{key}/role", Jira::roles);
    signedIn("GET /rest/api/3/project/{key}/role/{id}", Jira::role);
    signedIn("GET " + API + "servicedesk", (part, call) -> page(part.path("projects")));
    signedIn(DESK.formatted("GET", "customer"), Jira::customers);
    signedIn(
        DESK.formatted("POST", "customer"),
        (part, call) -> add(desk(part, call), "customers", call));
    signedIn(DESK.formatted("DELETE", "customer"), Jira::removeCustomers);
    signedIn(DESK.formatted("GET", "organization"), Jira::deskOrganizations);
    signedIn(DESK.formatted("POST", "organization"), Jira::addOrganization);
    signedIn("GET " + ORGANIZATIONS, (part, call) -> page(part.path("organizations")));
    signedIn("POST " + ORGANIZATIONS, Jira::newOrganization);
    signedIn("DELETE " + ORGANIZATIONS + "/{id}", Jira::removeOrganization);
    signedIn("GET " + ORGANIZATIONS + "/{id}/user", Jira::members);
    signedIn(
        "POST " + ORGANIZATIONS + "/{id}/user",
        (part, call) -> add(organization(part, call), "members", call));
    signedIn("POST " + API + "customer", Jira::newCustomer);
  }

  @Override
  public ObjectNode defaults() {
    ObjectNode part = Json.object();
    part.putObject("users")
        .putObject(SandboxDefaults.JIRA_USER)
        .put("token", SandboxDefaults.JIRA_TOKEN)
        .put("accountId", "5andb0x:lead")
        .putArray("permissions")
        .add("ADMINISTER")
        .add("ADMINISTER_PROJECTS");
    part.putObject("projects")
        .putObject("CUST")
        .put("id", "1")
        .put("projectKey", "CUST")
        .put("name", "Customer Example")
        .put("lead", "5andb0x:lead");
    part.putObject("organizations");
    return part;
  }

  private HttpAnswer permissions(RestCall call) {
    ObjectNode user = user(call);
    String key = call.parameter("projectKey");
    if (!key.isEmpty() && !world.read(SYSTEM, part -> part.path("projects").has(key))) {
      throw refusal(404, "No project could be found with key '" + key + "'.");
    }
    ObjectNode answer = Json.object();
    ObjectNode permissions = answer.putObject("permissions");
    for (String name : call.parameter("permissions").split(",", -1)) {
      permissions
          .putObject(name)
          .put("key", name)
          .put("type", name.equals("ADMINISTER") ? "GLOBAL" : "PROJECT")
          .put("havePermission", Json.strings(user.path("permissions")).contains(name));
    }
    return ok(answer);
  }

  private static ObjectNode myself(ObjectNode user) {
    return Json.object()
        .put("accountId", user.path("accountId").asText())
        .put("accountType", "atlassian")
        .put("active", user.path("active").asBoolean(true));
  }

  private ObjectNode user(RestCall call) {
    Credentials given = call.http().basic().orElse(new Credentials("", ""));
    JsonNode user =
        world.read(SYSTEM, part -> part.path("users").path(given.user()).<JsonNode>deepCopy());
    if (!user.isObject() || !user.path("token").asText().equals(given.password())) {
      throw refusal(401, "Client must be authenticated to access this resource.");
    }
    return (ObjectNode) user;
  }

  private static Refusal refusal(int status, String message) {
    ObjectNode answer = Json.object();
    answer.putArray("errorMessages").add(message);
    answer.putObject("errors");
    return new Refusal(HttpAnswer.json(status, answer));
  }

  @Override
  public Map<String, Act> acts() {
    return Map.of("add-jira-agent", this::addAgent);
  }

  private JsonNode addAgent(JsonNode details) {
    return world.change(
        SYSTEM,
        part -> {
          JsonNode project = part.path("projects").path(details.path("project").asText());
          if (!(project instanceof ObjectNode found)) {
            throw new IllegalArgumentException("there is no such project");
          }
          return found.withArrayProperty("agents").add(details.path("name").asText()).deepCopy();
        });
  }

  // --- projects

  @FunctionalInterface
  private interface Work {
    HttpAnswer answer(ObjectNode part, RestCall call);
  }

  private void signedIn(String route, Work work) {
    on(
        route,
        call -> {
          user(call);
          return world.change(
              SYSTEM,
              part -> {
                if (Json.strings(part.path("denied")).contains(route)) {
                  throw refusal(403, "You have no right to do this.");
                }
                return work.answer(part, call);
              });
        });
  }

  private static HttpAnswer search(ObjectNode part, RestCall call) {
    JsonNode user = part.path("users").path(call.parameter("query"));
    ArrayNode found = Json.array();
    if (user.isObject()) {
      found
          .addObject()
          .put("accountId", user.path("accountId").asText())
          .put("emailAddress", call.parameter("query"))
          .put("active", true);
    }
    return ok(found);
  }

  private static ObjectNode project(ObjectNode part, RestCall call) {
    return there(part.path("projects").path(call.path("key")));
  }

  private static ObjectNode there(JsonNode node) {
    if (node instanceof ObjectNode found) {
      return found;
    }
    throw refusal(404, "It does not exist, or you have no right to see it.");
  }

  private static ObjectNode shown(ObjectNode project) {
    ObjectNode shown = Json.object();
    shown
        .put("id", project.path("id").asText())
        .put("key", project.path("projectKey").asText())
        .put("name", project.path("name").asText())
        .put("projectTypeKey", "service_desk")
        .putObject("lead")
        .put("accountId", project.path("lead").asText());
    return shown;
  }

  private static HttpAnswer newProject(ObjectNode part, RestCall call) {
    JsonNode given = call.json();
    String key = given.path("key").asText();
    boolean isTaken =
        part.path("projects").has(key) || Json.strings(part.path("hidden")).contains(key);
    if (isTaken) {
      ObjectNode answer = Json.object();
      answer.putArray("errorMessages");
      answer.putObject("errors").put("projectKey", "Project 'Other' uses this project key.");
      return HttpAnswer.json(400, answer);
    }
    String id = nextId(part);
    part.withObjectProperty("projects")
        .putObject(key)
        .put("id", id)
        .put("projectKey", key)
        .put("name", given.path("name").asText())
        .put("lead", given.path("leadAccountId").asText());
    return HttpAnswer.json(
        201,
        Json.object()
            .put("self", "https://" + SandboxDefaults.JIRA_HOST + "/rest/api/3/project/" + id)
            .put("id", Long.parseLong(id))
            .put("key", key));
  }

  private static HttpAnswer changeProject(ObjectNode part, RestCall call) {
    ObjectNode project = project(part, call);
    JsonNode given = call.json();
    project.put("name", given.path("name").asText(project.path("name").asText()));
    project.put("lead", given.path("leadAccountId").asText(project.path("lead").asText()));
    return ok(shown(project));
  }

  private static HttpAnswer roles(ObjectNode part, RestCall call) {
    String key = project(part, call).path("projectKey").asText();
    return ok(
        Json.object()
            .put(
                "Service Desk Team",
                "https://%s/rest/api/3/project/%s/role/%d"
                    .formatted(SandboxDefaults.JIRA_HOST, key, TEAM)));
  }

  private static HttpAnswer role(ObjectNode part, RestCall call) {
    ObjectNode answer = Json.object().put("name", "Service Desk Team").put("id", TEAM);
    ArrayNode actors = answer.putArray("actors");
    project(part, call)
        .path("agents")
        .forEach(each -> actors.addObject().put("displayName", each.asText()));
    return ok(answer);
  }

  // --- service desks

  private static ObjectNode desk(ObjectNode part, RestCall call) {
    return there(
        part.path("projects")
            .valueStream()
            .filter(each -> each.path("id").asText().equals(call.path("id")))
            .findFirst()
            .orElseGet(Json::array));
  }

  private static ObjectNode organization(ObjectNode part, RestCall call) {
    return there(part.path("organizations").path(call.path("id")));
  }

  private static HttpAnswer page(JsonNode values) {
    ObjectNode answer = Json.object().put("start", 0).put("isLastPage", true);
    ArrayNode list = answer.putArray("values");
    values.forEach(list::add);
    return ok(answer.put("size", list.size()));
  }

  private static HttpAnswer accounts(JsonNode ids) {
    ArrayNode list = Json.array();
    ids.forEach(each -> list.addObject().put("accountId", each.asText()));
    return page(list);
  }

  private static HttpAnswer customers(ObjectNode part, RestCall call) {
    return accounts(desk(part, call).path("customers"));
  }

  private static HttpAnswer members(ObjectNode part, RestCall call) {
    return accounts(organization(part, call).path("members"));
  }

  /** Adding who is there already is answered alike, and changes nothing. */
  private static HttpAnswer add(ObjectNode target, String list, RestCall call) {
    ArrayNode there = target.withArrayProperty(list);
    for (String id : Json.strings(call.json().path("accountIds"))) {
      if (!Json.strings(there).contains(id)) {
        there.add(id);
      }
    }
    return HttpAnswer.empty(204);
  }

  private static HttpAnswer removeCustomers(ObjectNode part, RestCall call) {
    List<String> ids = Json.strings(call.json().path("accountIds"));
    desk(part, call).withArrayProperty("customers").removeIf(each -> ids.contains(each.asText()));
    return HttpAnswer.empty(204);
  }

  private static HttpAnswer deskOrganizations(ObjectNode part, RestCall call) {
    ArrayNode list = Json.array();
    desk(part, call)
        .path("organizations")
        .forEach(each -> list.add(part.path("organizations").path(each.asText())));
    return page(list);
  }

  private static HttpAnswer addOrganization(ObjectNode part, RestCall call) {
    String id = call.json().path("organizationId").asText();
    there(part.path("organizations").path(id));
    desk(part, call).withArrayProperty("organizations").add(id);
    return HttpAnswer.empty(204);
  }

  private static HttpAnswer newOrganization(ObjectNode part, RestCall call) {
    String id = nextId(part);
    ObjectNode made = part.withObjectProperty("organizations").putObject(id).put("id", id);
    return HttpAnswer.json(201, made.put("name", call.json().path("name").asText()));
  }

  private static HttpAnswer removeOrganization(ObjectNode part, RestCall call) {
    organization(part, call);
    part.withObjectProperty("organizations").remove(call.path("id"));
    return HttpAnswer.empty(204);
  }

  private static HttpAnswer newCustomer(ObjectNode part, RestCall call) {
    JsonNode given = call.json();
    String email = given.path("email").asText();
    if (part.path("users").has(email)) {
      boolean isStrict = call.parameter("strictConflictStatusCode").equals("true");
      throw refusal(isStrict ? 409 : 400, "An account with this address exists already.");
    }
    ObjectNode user = part.withObjectProperty("users").putObject(email);
    user.put("accountId", "qm:" + nextId(part));
    return HttpAnswer.json(201, user.put("displayName", given.path("displayName").asText()));
  }

  private static String nextId(ObjectNode part) {
    int id = part.path("nextId").asInt(100) + 1;
    part.put("nextId", id);
    return String.valueOf(id);
  }
}
