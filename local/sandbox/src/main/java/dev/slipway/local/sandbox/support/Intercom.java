package dev.slipway.local.sandbox.support;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.local.sandbox.world.Act;
import dev.slipway.local.sandbox.world.HttpAnswer;
import dev.slipway.local.sandbox.world.Json;
import dev.slipway.local.sandbox.world.Refusal;
import dev.slipway.local.sandbox.world.RestCall;
import dev.slipway.local.sandbox.world.RestStandIn;
import dev.slipway.local.sandbox.world.SandboxDefaults;
import dev.slipway.local.sandbox.world.Site;
import dev.slipway.local.sandbox.world.World;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Intercom's REST API 2.14 in its three regions, by the vendor's description (intercom/
 * Intercom-OpenAPI). The world's {@code intercom.workspaces}, by app id: {@code token}, {@code
 * region}, {@code identity_verification}, {@code admins}, {@code contacts}, {@code events}. A token
 * is unknown in another region than its workspace's (unverified). With {@code "hidesEvents": true}
 * events are taken and not listed.
 *
 * <p>The acts {@code join-intercom} ({@code app}, {@code email}; {@code "seat": false} for one
 * without an inbox) and {@code verify-identities} ({@code app}) are what a teammate does who was
 * invited, and an administrator in the workspace's settings.
 */
public final class Intercom extends RestStandIn {
  private static final String SYSTEM = "intercom";
  private static final Map<String, String> REGIONS =
      Map.of("api.intercom.io", "US", "api.eu.intercom.io", "EU", "api.au.intercom.io", "AU");

  private final World world;

  private interface Route {
    HttpAnswer answer(ObjectNode workspace, RestCall call);
  }

  /** Intercom with the world's workspaces. */
  public Intercom(World world) {
    super(
        world,
        SYSTEM,
        Site.https("api.intercom.io", "203.0.113.161"),
        Site.https("api.eu.intercom.io", "203.0.113.162"),
        Site.https("api.au.intercom.io", "203.0.113.163"));
    this.world = world;
    signedIn("GET /me", (workspace, call) -> ok(me(workspace)));
    signedIn("GET /admins", (workspace, call) -> ok(admins(workspace)));
    signedIn("POST /contacts/search", Intercom::search);
    signedIn("POST /contacts", Intercom::create);
    signedIn("DELETE /contacts/{id}", Intercom::delete);
    signedIn("POST /events", Intercom::take);
    signedIn("GET /events", Intercom::events);
  }

  @Override
  public ObjectNode defaults() {
    ObjectNode part = Json.object();
    ObjectNode workspaces = part.putObject("workspaces");
    for (String environment : new String[] {"uat", "production"}) {
      ObjectNode workspace =
          workspaces
              .putObject(SandboxDefaults.intercomApp(environment))
              .put("id", SandboxDefaults.intercomApp(environment))
              .put("token", SandboxDefaults.intercomToken(environment))
              .put("region", "EU")
              .put("identity_verification", false);
      join(workspace, "owner@customer.example", true);
    }
    return part;
  }

  private void signedIn(String route, Route work) {
    on(
        route,
        call ->
            world.change(
                SYSTEM,
                part -> {
                  JsonNode workspace =
                      part.path("workspaces")
                          .valueStream()
                          .filter(each -> isAskedFor(each, call))
                          .findFirst()
                          .orElseThrow(() -> refusal(401, "unauthorized", "Access Token Invalid"));
                  if (call.http().header("intercom-version").filter("2.14"::equals).isEmpty()) {
                    throw refusal(
                        400, "intercom_version_invalid", "The requested version is invalid");
                  }
                  return work.answer((ObjectNode) workspace, call);
                }));
  }

  private static boolean isAskedFor(JsonNode workspace, RestCall call) {
    String bearer = "Bearer " + workspace.path("token").asText();
    return call.http().header("authorization").filter(bearer::equals).isPresent()
        && workspace.path("region").asText().equals(REGIONS.get(call.http().host()));
  }

  private static Refusal refusal(int status, String code, String message) {
    ObjectNode answer = Json.object().put("type", "error.list");
    answer.put("request_id", "0a0a0a0a-0000-4000-8000-000000000161");
    answer.putArray("errors").addObject().put("code", code).put("message", message);
    return new Refusal(HttpAnswer.json(status, answer));
  }

  private static ObjectNode me(ObjectNode workspace) {
    ObjectNode me = workspace.path("admins").path(0).deepCopy();
    me.putObject("app")
        .put("type", "app")
        .put("id_code", workspace.path("id").asText())
        .put("name", "Customer Example")
        .put("region", workspace.path("region").asText())
        .put("timezone", "Europe/Berlin")
        .put("created_at", 1_790_000_000)
        .put("identity_verification", workspace.path("identity_verification").asBoolean());
    return me;
  }

  private static ObjectNode admins(ObjectNode workspace) {
    ObjectNode answer = Json.object().put("type", "admin.list");
    answer.set("admins", workspace.path("admins").deepCopy());
    return answer;
  }

  private static HttpAnswer search(ObjectNode workspace, RestCall call) {
    JsonNode query = call.json().path("query");
    if (!query.path("operator").asText().equals("=")) {
      throw refusal(400, "parameter_invalid", "only = is known here");
    }
    ObjectNode answer = Json.object().put("type", "list");
    ArrayNode found = answer.putArray("data");
    workspace
        .withArrayProperty("contacts")
        .valueStream()
        .filter(each -> each.path(query.path("field").asText()).equals(query.path("value")))
        .forEach(each -> found.add(each.deepCopy()));
    return ok(answer.put("total_count", found.size()));
  }

  private static HttpAnswer create(ObjectNode workspace, RestCall call) {
    JsonNode given = call.json();
    if (find(workspace, each -> each.path("external_id").equals(given.path("external_id")))
        != null) {
      throw refusal(409, "conflict", "A contact matching those details already exists");
    }
    ArrayNode contacts = workspace.withArrayProperty("contacts");
    ObjectNode contact =
        contacts
            .addObject()
            .put("type", "contact")
            .put("id", "5ba682d2%04d".formatted(contacts.size()))
            .put("workspace_id", workspace.path("id").asText());
    Json.merge(contact, given);
    return ok(contact.deepCopy());
  }

  private static HttpAnswer delete(ObjectNode workspace, RestCall call) {
    ObjectNode contact = find(workspace, each -> each.path("id").asText().equals(call.path("id")));
    if (contact == null) {
      throw refusal(404, "not_found", "User Not Found");
    }
    workspace.withArrayProperty("contacts").removeIf(each -> each.equals(contact));
    return ok(
        Json.object()
            .put("type", "contact")
            .put("id", call.path("id"))
            .put("external_id", contact.path("external_id").asText())
            .put("deleted", true));
  }

  private static ObjectNode find(ObjectNode workspace, Predicate<JsonNode> wanted) {
    return (ObjectNode)
        workspace
            .withArrayProperty("contacts")
            .valueStream()
            .filter(wanted)
            .findFirst()
            .orElse(null);
  }

  private static HttpAnswer take(ObjectNode workspace, RestCall call) {
    JsonNode given = call.json();
    if (find(workspace, each -> each.path("external_id").equals(given.path("user_id"))) == null) {
      throw refusal(404, "not_found", "User Not Found");
    }
    workspace.withArrayProperty("events").add(given.<ObjectNode>deepCopy());
    return HttpAnswer.empty(202);
  }

  /** The summary: each name once. The description knows no other form. */
  private static HttpAnswer events(ObjectNode workspace, RestCall call) {
    String user = call.parameter("user_id");
    ObjectNode answer = Json.object().put("type", "event.summary").put("user_id", user);
    ArrayNode events = answer.putArray("events");
    if (!workspace.path("hidesEvents").asBoolean()) {
      workspace
          .withArrayProperty("events")
          .valueStream()
          .filter(each -> each.path("user_id").asText().equals(user))
          .collect(Collectors.groupingBy(each -> each.path("event_name").asText()))
          .forEach((name, sent) -> events.addObject().put("name", name).put("count", sent.size()));
    }
    return ok(answer);
  }

  // --- what people do

  @Override
  public Map<String, Act> acts() {
    return Map.of(
        "join-intercom",
        details ->
            settings(
                details,
                workspace ->
                    join(
                        workspace,
                        details.path("email").asText(),
                        details.path("seat").asBoolean(true))),
        "verify-identities",
        details -> settings(details, workspace -> workspace.put("identity_verification", true)));
  }

  private JsonNode settings(JsonNode details, Consumer<ObjectNode> work) {
    return world.change(
        SYSTEM,
        part -> {
          JsonNode workspace = part.path("workspaces").path(details.path("app").asText());
          if (!(workspace instanceof ObjectNode found)) {
            throw new IllegalArgumentException("there is no such workspace");
          }
          work.accept(found);
          return found.path("admins").deepCopy();
        });
  }

  private static void join(ObjectNode workspace, String email, boolean hasSeat) {
    ArrayNode admins = workspace.withArrayProperty("admins");
    admins
        .addObject()
        .put("type", "admin")
        .put("id", String.valueOf(991_267_459 + admins.size()))
        .put("name", email.replaceFirst("@.*", ""))
        .put("email", email)
        .put("has_inbox_seat", hasSeat);
  }
}
