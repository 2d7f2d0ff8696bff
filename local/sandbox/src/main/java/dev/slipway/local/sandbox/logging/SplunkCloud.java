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
 * Splunk Cloud's Admin Config Service. Unverified: the fields of its answers beyond those that the
 * vendor's Terraform provider reads.
 *
 * <p>The world's part {@code splunk-cloud}: {@code auth}, {@code stack}, {@code trial} (a stack
 * without this service), {@code busy} (so many changes more are answered with HTTP 424, because
 * another one is carried out), {@code users} (by name), {@code denied} (routes that answer 403).
 */
public final class SplunkCloud extends RestStandIn {

  private static final String SYSTEM = "splunk-cloud";
  private static final String API = "admin.splunk.com/{stack}/adminconfig/v2/";

  private final World world;

  /** Does what a route is for, within one change of the world. */
  @FunctionalInterface
  private interface Work {
    HttpAnswer answer(ObjectNode part, RestCall call);
  }

  /** Splunk Cloud with the world's stack. */
  public SplunkCloud(World world) {
    super(world, SYSTEM, Site.https("admin.splunk.com", "203.0.113.134"));
    this.world = world;
    admin("GET", "status", SplunkCloud::status);
    admin("GET", "users/{name}", (part, call) -> ok(there(part, "users", call)));
    admin("POST", "users", SplunkCloud::newUser);
    admin("DELETE", "users/{name}", (part, call) -> remove(part, "users", call));
  }

  private void admin(String method, String path, Work work) {
    String name = method + " " + path;
    on(
        name,
        method + " " + API + path,
        call -> {
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
    part.putObject("auth").put("token", SandboxDefaults.SPLUNK_TOKEN);
    part.putObject("users");
    return part;
  }

  @Override
  protected HttpAnswer unauthorized() {
    return refusal(401, "401-unauthorized", "call not properly authenticated").answer();
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
