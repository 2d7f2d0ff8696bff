package dev.slipway.local.sandbox.support;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.local.sandbox.world.HttpAnswer;
import dev.slipway.local.sandbox.world.HttpCall.Credentials;
import dev.slipway.local.sandbox.world.Json;
import dev.slipway.local.sandbox.world.Refusal;
import dev.slipway.local.sandbox.world.RestCall;
import dev.slipway.local.sandbox.world.RestStandIn;
import dev.slipway.local.sandbox.world.SandboxDefaults;
import dev.slipway.local.sandbox.world.Site;
import dev.slipway.local.sandbox.world.World;

/**
 * A site of Jira Cloud, by the vendor's description of its platform API v3; unverified: the body of
 * its HTTP 401. The world's part {@code jira}: {@code users} (address to {@code token}, {@code
 * accountId}, {@code permissions}), {@code projects} (by key).
 */
public final class Jira extends RestStandIn {
  private static final String SYSTEM = "jira";

  private final World world;

  /** The vendor's site with the world's users and projects. */
  public Jira(World world) {
    super(world, SYSTEM, Site.https(SandboxDefaults.JIRA_HOST, "203.0.113.155"));
    this.world = world;
    on("GET /rest/api/3/myself", call -> ok(myself(user(call))));
    on("GET /rest/api/3/mypermissions", this::permissions);
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
    part.putObject("projects").putObject("CUST").put("name", "Customer Example");
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
}
