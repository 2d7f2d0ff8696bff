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
import java.util.Locale;
import java.util.Map;

/**
 * Sumo Logic's API. An account lives in one deployment; every other one answers HTTP 301 with the
 * right address. Users and roles are as the vendor's OpenAPI description has them.
 *
 * <p>The world's part {@code sumo-logic}: {@code deployment}, {@code accessId}, {@code accessKey},
 * {@code status} (an account status as the vendor describes it), {@code users} (address to user),
 * {@code denied} (routes that answer 403).
 *
 * <p>The act {@code sign-in-to-sumo-logic} ({@code email}) is what a person does who was invited.
 */
public final class SumoLogic extends RestStandIn {

  private static final String SYSTEM = "sumo-logic";
  private static final String NOW = "2026-11-24T10:00:00Z";
  private static final Map<String, String> ROLES =
      Map.of("Administrator", "0000000000000001", "Analyst", "0000000000000002");

  private final World world;

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
    signedIn("GET /api/v1/account/status", (part, call) -> ok(part.path("status")));
    signedIn("GET /api/v1/roles", (part, call) -> roles(call.parameter("name")));
    signedIn("GET /api/v1/users", SumoLogic::users);
    signedIn("POST /api/v1/users", SumoLogic::newUser);
    signedIn("DELETE /api/v1/users/{id}", SumoLogic::removeUser);
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
    return part;
  }

  @Override
  public Map<String, Act> acts() {
    return Map.of("sign-in-to-sumo-logic", this::signIn);
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

  // --- what all have in common

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
