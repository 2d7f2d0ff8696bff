package dev.slipway.local.sandbox.logging;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.local.sandbox.world.HttpAnswer;
import dev.slipway.local.sandbox.world.Json;
import dev.slipway.local.sandbox.world.Refusal;
import dev.slipway.local.sandbox.world.RestCall;
import dev.slipway.local.sandbox.world.RestStandIn;
import dev.slipway.local.sandbox.world.SandboxDefaults;
import dev.slipway.local.sandbox.world.Site;
import dev.slipway.local.sandbox.world.World;

/**
 * Splunk Cloud: its Admin Config Service, the search heads of a stack and its HTTP Event Collector.
 * Unverified: the fields of its answers beyond those that the vendor's Terraform provider reads.
 *
 * <p>The world's part {@code splunk-cloud}: {@code token}, {@code stack}, {@code trial} (a stack
 * without this service), {@code busy} (so many changes more are answered with HTTP 424, because
 * another one is carried out), {@code users} and {@code tokens} (by name), {@code slow} (a new
 * token is listed after so many looks), {@code denied} (routes that answer 403), and as {@link
 * SplunkSearches} says.
 */
public final class SplunkCloud extends RestStandIn {

  private static final String SYSTEM = "splunk-cloud";
  private static final String SEARCH_HEAD = SandboxDefaults.SPLUNK_STACK + ".splunkcloud.com";
  private static final String COLLECTOR = "http-inputs-" + SEARCH_HEAD;
  private static final String TOKENS = "inputs/http-event-collectors";
  private static final String API = "admin.splunk.com/{stack}/adminconfig/v2/";

  private final World world;

  /** Does what a route is for, within one change of the world. */
  @FunctionalInterface
  private interface Work {
    HttpAnswer answer(ObjectNode part, RestCall call);
  }

  /** Splunk Cloud with the world's stack. */
  public SplunkCloud(World world) {
    super(
        world,
        SYSTEM,
        Site.https("admin.splunk.com", "203.0.113.134"),
        new Site(SEARCH_HEAD, "203.0.113.156", 8089, Site.Transport.HTTPS),
        Site.https(COLLECTOR, "203.0.113.157"));
    this.world = world;
    admin("GET", "status", SplunkCloud::status);
    admin("GET", "users/{name}", (part, call) -> ok(there(part, "users", call)));
    admin("POST", "users", SplunkCloud::newUser);
    admin("DELETE", "users/{name}", (part, call) -> remove(part, "users", call));
    admin("GET", TOKENS + "/{name}", SplunkCloud::token);
    admin("POST", TOKENS, SplunkCloud::newToken);
    admin("DELETE", TOKENS + "/{name}", (part, call) -> remove(part, "tokens", call));
    SplunkSearches searches = new SplunkSearches(world, SYSTEM);
    searches
        .routes()
        .forEach(
            (route, answer) ->
                on(
                    route,
                    call -> {
                      admit(call, SplunkSearches.refusal(401, "call not properly authenticated"));
                      return answer.apply(call);
                    }));
    on("POST /services/collector/event", searches::event);
  }

  private void admin(String method, String path, Work work) {
    String name = method + " " + path;
    on(
        name,
        method + " " + API + path,
        call -> {
          admit(call, refusal(401, "401-unauthorized", "call not properly authenticated"));
          if (!method.equals("GET") && isBusy()) {
            throw refusal(424, "424-failed-dependency", "another deployment is in progress");
          }
          return world.change(
              SYSTEM,
              part -> {
                if (part.path("trial").asBoolean()) {
                  throw refusal(404, "404-stack-not-found", "stack not found");
                }
                if (!call.path("stack").equals(part.path("stack").asText())
                    || Json.strings(part.path("denied")).contains(name)) {
                  throw refusal(
                      403, "403-forbidden", "insufficient permission(s) to perform this operation");
                }
                return work.answer(part, call);
              });
        });
  }

  private void admit(RestCall call, Refusal refusal) {
    String token = world.read(SYSTEM, part -> part.path("token").asText());
    if (!call.http().header("authorization").orElse("").equals("Bearer " + token)) {
      throw refusal;
    }
  }

  private boolean isBusy() {
    return world.change(
        SYSTEM,
        part -> {
          int busy = part.path("busy").asInt();
          part.put("busy", Math.max(0, busy - 1));
          return busy > 0;
        });
  }

  @Override
  public ObjectNode defaults() {
    ObjectNode part = Json.object().put("stack", SandboxDefaults.SPLUNK_STACK);
    part.put("token", SandboxDefaults.SPLUNK_TOKEN);
    part.putObject("users");
    part.putObject("tokens");
    return part;
  }

  private static HttpAnswer status(ObjectNode part, RestCall call) {
    ObjectNode answer = Json.object();
    answer.putObject("infrastructure").put("status", "Ready").put("stackType", "victoria");
    answer.putObject("messages");
    return ok(answer);
  }

  private static HttpAnswer newUser(ObjectNode part, RestCall call) {
    ObjectNode user = call.json().deepCopy();
    String name = user.path("name").asText();
    if (part.path("users").has(name)) {
      throw refusal(409, "409-object-already-exists", "user already exists");
    }
    user.remove("password");
    part.withObjectProperty("users").set(name, user);
    return ok(user);
  }

  /** A new token is listed some time after it was asked for. */
  private static HttpAnswer newToken(ObjectNode part, RestCall call) {
    ObjectNode spec = call.json().deepCopy();
    String name = spec.path("name").asText();
    if (part.path("tokens").has(name)) {
      throw refusal(409, "409-object-already-exists", "token already exists");
    }
    ObjectNode tokens = part.withObjectProperty("tokens");
    ObjectNode made = tokens.putObject(name).put("slow", part.path("slow").asInt());
    made.put("source", spec.path("defaultSource").asText())
        .put("token", "5P1UNK0C-0000-4000-8000-00000000%04d".formatted(tokens.size()))
        .set("spec", spec);
    ObjectNode answer = Json.object();
    answer.putObject("http-event-collector").set("spec", spec.deepCopy());
    return HttpAnswer.json(202, answer);
  }

  private static HttpAnswer token(ObjectNode part, RestCall call) {
    ObjectNode kept = there(part, "tokens", call);
    int slow = kept.path("slow").asInt();
    if (slow > 0) {
      // Thrown, the count would be undone.
      part.withObjectProperty("tokens").withObjectProperty(call.path("name")).put("slow", slow - 1);
      return refusal(404, "404-object-not-found", "not found").answer();
    }
    ObjectNode answer = Json.object();
    ObjectNode shown = answer.putObject("http-event-collector");
    shown.put("token", kept.path("token").asText()).set("spec", kept.path("spec"));
    return ok(answer);
  }

  private static ObjectNode there(ObjectNode part, String table, RestCall call) {
    if (part.path(table).path(call.path("name")) instanceof ObjectNode found) {
      return found.deepCopy();
    }
    throw refusal(404, "404-object-not-found", "not found");
  }

  private static HttpAnswer remove(ObjectNode part, String table, RestCall call) {
    there(part, table, call);
    part.withObjectProperty(table).remove(call.path("name"));
    return HttpAnswer.empty(202);
  }

  private static Refusal refusal(int status, String code, String message) {
    return new Refusal(
        HttpAnswer.json(status, Json.object().put("code", code).put("message", message)));
  }
}
