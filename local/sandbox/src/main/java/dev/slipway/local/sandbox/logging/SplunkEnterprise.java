package dev.slipway.local.sandbox.logging;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.local.sandbox.world.HttpAnswer;
import dev.slipway.local.sandbox.world.HttpCall.Credentials;
import dev.slipway.local.sandbox.world.Json;
import dev.slipway.local.sandbox.world.RestCall;
import dev.slipway.local.sandbox.world.RestStandIn;
import dev.slipway.local.sandbox.world.SandboxDefaults;
import dev.slipway.local.sandbox.world.Site;
import dev.slipway.local.sandbox.world.World;

/**
 * The customer's own Splunk Enterprise: its REST API on the management port, which takes forms, and
 * whose lists end after 30 entries unless {@code count} says otherwise. Unverified: the bodies of
 * its errors.
 *
 * <p>The world's part {@code splunk-enterprise}: {@code user}, {@code password}, {@code users} and
 * {@code tokens} (by name), {@code denied} (routes that answer 403), and as {@link SplunkSearches}
 * says.
 */
public final class SplunkEnterprise extends RestStandIn {

  private static final String SYSTEM = "splunk-enterprise";
  private static final int MANAGEMENT_PORT = 8089;
  private static final int COLLECTOR_PORT = 8088;
  private static final int PAGE = 30;
  private static final String TOKENS = "/data/inputs/http";
  private static final String OF_APP = "/servicesNS/nobody/splunk_httpinput" + TOKENS;
  private static final String USERS = "/services/authentication/users";

  private final World world;

  /** Does what a route is for, within one change of the world. */
  @FunctionalInterface
  private interface Work {
    HttpAnswer answer(ObjectNode part, RestCall call);
  }

  /** A server on its management port. */
  public SplunkEnterprise(World world) {
    super(
        world,
        SYSTEM,
        new Site(
            SandboxDefaults.SPLUNK_HOST, "203.0.113.135", MANAGEMENT_PORT, Site.Transport.HTTPS),
        new Site(
            SandboxDefaults.SPLUNK_HOST, "203.0.113.135", COLLECTOR_PORT, Site.Transport.HTTPS));
    this.world = world;
    signedIn("GET /services/authentication/current-context", (part, call) -> context());
    signedIn("GET " + USERS, (part, call) -> list(part.path("users"), call));
    signedIn("POST " + USERS, SplunkEnterprise::newUser);
    signedIn("DELETE " + USERS + "/{name}", (part, call) -> remove(part, "users", call));
    signedIn("GET /services" + TOKENS, (part, call) -> list(part.path("tokens"), call));
    signedIn("POST " + OF_APP, SplunkEnterprise::newToken);
    signedIn("DELETE " + OF_APP + "/{name}", (part, call) -> remove(part, "tokens", call));
    SplunkSearches searches = new SplunkSearches(world, SYSTEM);
    searches
        .routes()
        .forEach(
            (route, answer) ->
                on(
                    route,
                    call -> {
                      world.read(SYSTEM, part -> admitted(part, call));
                      return answer.apply(call);
                    }));
    on("POST /services/collector/event", searches::event);
  }

  private void signedIn(String route, Work work) {
    on(
        route,
        call ->
            world.change(
                SYSTEM,
                part -> {
                  admitted(part, call);
                  if (Json.strings(part.path("denied")).contains(route)) {
                    throw SplunkSearches.refusal(
                        403, "insufficient permission to access this resource");
                  }
                  return work.answer(part, call);
                }));
  }

  private static RestCall admitted(ObjectNode part, RestCall call) {
    Credentials login = new Credentials(part.path("user").asText(), part.path("password").asText());
    if (call.http().basic().filter(login::equals).isEmpty()) {
      throw SplunkSearches.refusal(401, "call not properly authenticated");
    }
    return call;
  }

  @Override
  public ObjectNode defaults() {
    ObjectNode part =
        Json.object()
            .put("user", SandboxDefaults.SPLUNK_USER)
            .put("password", SandboxDefaults.SPLUNK_PASSWORD);
    part.putObject("users");
    part.putObject("tokens");
    return part;
  }

  private static HttpAnswer context() {
    ObjectNode answer = Json.object();
    ObjectNode content = answer.putArray("entry").addObject().putObject("content");
    content.put("username", SandboxDefaults.SPLUNK_USER);
    content.putArray("roles").add("admin");
    content.putArray("capabilities").add("edit_user").add("edit_token_http");
    return ok(answer);
  }

  private static HttpAnswer newUser(ObjectNode part, RestCall call) {
    String name = call.parameter("name");
    if (part.path("users").has(name)) {
      throw SplunkSearches.refusal(409, "User with name=" + name + " already exists");
    }
    ObjectNode entry = Json.object().put("name", name);
    ObjectNode content = entry.putObject("content").put("email", call.parameter("email"));
    content.put("realname", call.parameter("realname")).putArray("roles");
    content.withArrayProperty("roles").add(call.parameter("roles"));
    part.withObjectProperty("users").set(name, entry);
    return HttpAnswer.json(201, listed(Json.array().add(entry.deepCopy())));
  }

  /** It is kept under an address of its own kind. */
  private static HttpAnswer newToken(ObjectNode part, RestCall call) {
    String name = "http://" + call.parameter("name");
    ObjectNode tokens = part.withObjectProperty("tokens");
    if (tokens.has(name)) {
      throw SplunkSearches.refusal(409, "An object with name=" + name + " already exists");
    }
    String token = "5P1UNK0E-0000-4000-8000-00000000%04d".formatted(tokens.size() + 1);
    ObjectNode entry = tokens.putObject(name).put("name", name);
    entry.put("token", token).put("source", call.parameter("source"));
    entry
        .putObject("content")
        .put("token", token)
        .put("source", call.parameter("source"))
        .put("disabled", false);
    return HttpAnswer.json(201, listed(Json.array().add(entry.deepCopy())));
  }

  private static HttpAnswer remove(ObjectNode part, String table, RestCall call) {
    if (part.withObjectProperty(table).remove(call.path("name")) == null) {
      throw SplunkSearches.refusal(404, "Could not find object id=" + call.path("name"));
    }
    return ok(listed(Json.array()));
  }

  /** A list ends after 30 entries; {@code count=0} has it whole. */
  private static HttpAnswer list(JsonNode table, RestCall call) {
    String count = call.parameter("count");
    int most = count.isEmpty() ? PAGE : Integer.parseInt(count);
    ArrayNode entries = Json.array();
    table
        .valueStream()
        .limit(most == 0 ? table.size() : most)
        .forEach(each -> entries.add(each.deepCopy()));
    return ok(listed(entries));
  }

  private static ObjectNode listed(ArrayNode entries) {
    ObjectNode answer = Json.object();
    answer.set("entry", entries);
    return answer;
  }
}
