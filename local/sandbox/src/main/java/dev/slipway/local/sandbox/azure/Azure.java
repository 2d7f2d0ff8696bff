package dev.slipway.local.sandbox.azure;

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
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Azure: a token by client credentials, and the Resource Manager's subscriptions, regions, resource
 * groups and role assignments. An application without a role sees an empty list of subscriptions. A
 * subscription that is not {@code Enabled} takes no changes.
 *
 * <p>Sources: Microsoft identity platform, "OAuth 2.0 client credentials flow" and "Error codes";
 * azure-rest-api-specs, {@code Microsoft.Resources}, {@code Microsoft.Authorization}.
 *
 * <p>The world's part {@code azure}: {@code tenant}, {@code client}, {@code secret}, {@code
 * regions}, {@code subscriptions} (by id: {@code name}, {@code state}, {@code role}, {@code
 * groups}, {@code assignments}), {@code denied} (such as {@code PUT resourceGroup}). The act {@code
 * create-azure-subscription} ({@code id}) is what the owner of a billing account does.
 */
public final class Azure extends RestStandIn {

  private static final String SYSTEM = "azure";
  private static final String LOGIN = "login.microsoftonline.com";
  private static final String MANAGEMENT = "management.azure.com";
  private static final String TOKEN = "azure-token-0001-of-the-sandbox";

  private final World world;

  /** Azure over this world. */
  public Azure(World world) {
    super(
        world, SYSTEM, Site.https(LOGIN, "203.0.113.101"), Site.https(MANAGEMENT, "203.0.113.102"));
    this.world = world;
    on("token", "POST " + LOGIN + "/{tenant}/oauth2/v2.0/token", this::token);
    String subscription = MANAGEMENT + "/subscriptions/{subscription}";
    on("GET subscriptions", "GET " + MANAGEMENT + "/subscriptions", this::subscriptions);
    onSubscription("GET subscription", "GET " + subscription, (call, own) -> ok(shown(call, own)));
    onSubscription("GET regions", "GET " + subscription + "/locations", (call, own) -> regions());
    String group = subscription + "/resourcegroups/{group}";
    onSubscription("GET resourceGroup", "GET " + group, this::group);
    onSubscription("PUT resourceGroup", "PUT " + group, this::createGroup);
    onSubscription("DELETE resourceGroup", "DELETE " + group, this::deleteGroup);
    onSubscription(
        "GET resources",
        "GET " + subscription + "/resourceGroups/{group}/resources",
        (call, own) -> list(own.path("groups").path(call.path("group")).path("resources")));
    String assignment =
        subscription + "/providers/Microsoft.Authorization/roleAssignments/{assignment}";
    onSubscription("GET roleAssignment", "GET " + assignment, this::assignment);
    onSubscription("PUT roleAssignment", "PUT " + assignment, this::assign);
    DnsZones dns = new DnsZones(world);
    String zone =
        subscription + "/resourceGroups/{group}/providers/Microsoft.Network/dnsZones/{zone}";
    onSubscription("GET dnsZone", "GET " + zone, (call, own) -> dns.find(call));
    onSubscription("PUT dnsZone", "PUT " + zone, (call, own) -> dns.create(call));
    onSubscription("DELETE dnsZone", "DELETE " + zone, (call, own) -> dns.delete(call));
    String records = zone + "/{type}/{name}";
    onSubscription("GET recordSet", "GET " + records, (call, own) -> dns.record(call));
    onSubscription("PUT recordSet", "PUT " + records, (call, own) -> dns.write(call));
    onSubscription("DELETE recordSet", "DELETE " + records, (call, own) -> dns.remove(call));
  }

  @Override
  public ObjectNode defaults() {
    ObjectNode part =
        Json.object()
            .put("tenant", SandboxDefaults.AZURE_TENANT)
            .put("client", SandboxDefaults.AZURE_CLIENT)
            .put("secret", SandboxDefaults.AZURE_SECRET);
    part.putArray("regions").add("westeurope").add("northeurope").add("germanywestcentral");
    part.putArray("denied");
    part.putObject("subscriptions")
        .set(SandboxDefaults.AZURE_SUBSCRIPTION, subscription("Enterprise"));
    return part;
  }

  private static ObjectNode subscription(String name) {
    ObjectNode own = Json.object().put("name", name).put("state", "Enabled");
    own.put("role", "Contributor").putObject("groups");
    own.putObject("assignments");
    return own;
  }

  @Override
  public Map<String, Act> acts() {
    return Map.of(
        "create-azure-subscription",
        details -> {
          String id = details.path("id").asText();
          world.edit(
              SYSTEM,
              part -> part.withObjectProperty("subscriptions").set(id, subscription("New")));
          return Json.object().put("subscription", id);
        });
  }

  @Override
  protected HttpAnswer notFound() {
    return error(404, "ResourceNotFound", "The resource was not found.").answer();
  }

  /** Takes what is asked of a subscription with the right token, if the application has a role. */
  private void onSubscription(
      String name, String route, BiFunction<RestCall, ObjectNode, HttpAnswer> handler) {
    on(
        name,
        route,
        call ->
            world.change(
                SYSTEM,
                part -> {
                  requireToken(call);
                  String id = call.path("subscription");
                  JsonNode own = part.path("subscriptions").path(id);
                  if (own.path("role").asText().isEmpty()) {
                    throw error(
                        404,
                        "SubscriptionNotFound",
                        "The subscription '" + id + "' was not found.");
                  }
                  if (Json.strings(part.path("denied")).contains(name)) {
                    throw error(
                        403, "AuthorizationFailed", "The client has no authorization: " + name);
                  }
                  if (!call.http().method().equals("GET")
                      && !own.path("state").asText().equals("Enabled")) {
                    throw error(
                        409, "ReadOnlyDisabledSubscription", "The subscription is disabled.");
                  }
                  return handler.apply(call, (ObjectNode) own);
                }));
  }

  private static void requireToken(RestCall call) {
    if (call.http().header("authorization").filter(("Bearer " + TOKEN)::equals).isEmpty()) {
      throw error(401, "InvalidAuthenticationToken", "The access token is invalid.");
    }
  }

  private HttpAnswer token(RestCall call) {
    return world.read(
        SYSTEM,
        part -> {
          if (!part.path("tenant").asText().equals(call.path("tenant"))) {
            throw login(
                400,
                "invalid_request",
                "AADSTS90002: Tenant '" + call.path("tenant") + "' not found.");
          }
          if (!part.path("client").asText().equals(call.parameter("client_id"))) {
            throw login(400, "unauthorized_client", "AADSTS700016: Application not found.");
          }
          if (!part.path("secret").asText().equals(call.parameter("client_secret"))) {
            throw login(401, "invalid_client", "AADSTS7000215: Invalid client secret provided.");
          }
          return ok(
              Json.object()
                  .put("token_type", "Bearer")
                  .put("expires_in", 3599)
                  .put("access_token", TOKEN));
        });
  }

  private HttpAnswer subscriptions(RestCall call) {
    return world.read(
        SYSTEM,
        part -> {
          requireToken(call);
          ArrayNode seen = Json.array();
          part.path("subscriptions")
              .properties()
              .forEach(
                  each -> {
                    if (!each.getValue().path("role").asText().isEmpty()) {
                      seen.add(shown(each.getKey(), each.getValue()));
                    }
                  });
          return list(seen);
        });
  }

  private static ObjectNode shown(RestCall call, JsonNode own) {
    return shown(call.path("subscription"), own);
  }

  private static ObjectNode shown(String id, JsonNode own) {
    return Json.object()
        .put("id", "/subscriptions/" + id)
        .put("subscriptionId", id)
        .put("displayName", own.path("name").asText())
        .put("state", own.path("state").asText());
  }

  private HttpAnswer regions() {
    return world.read(
        SYSTEM,
        part -> {
          ArrayNode regions = Json.array();
          Json.strings(part.path("regions")).forEach(name -> regions.addObject().put("name", name));
          return list(regions);
        });
  }

  private HttpAnswer group(RestCall call, ObjectNode own) {
    return Optional.ofNullable(own.path("groups").get(call.path("group")))
        .map(each -> ok(each.<ObjectNode>deepCopy().without(List.of("resources"))))
        .orElseGet(
            () -> error(404, "ResourceGroupNotFound", "There is no such resource group.").answer());
  }

  private HttpAnswer createGroup(RestCall call, ObjectNode own) {
    ObjectNode groups = own.withObjectProperty("groups");
    boolean known = groups.has(call.path("group"));
    ObjectNode group = groups.withObjectProperty(call.path("group"));
    group.put("name", call.path("group")).setAll((ObjectNode) call.json());
    group.withArrayProperty("resources");
    return HttpAnswer.json(
        known ? 200 : 201, group.<ObjectNode>deepCopy().without(List.of("resources")));
  }

  private HttpAnswer deleteGroup(RestCall call, ObjectNode own) {
    return own.withObjectProperty("groups").remove(call.path("group")) == null
        ? notFound()
        : HttpAnswer.empty(202);
  }

  private HttpAnswer assignment(RestCall call, ObjectNode own) {
    return found(Optional.ofNullable(own.path("assignments").get(call.path("assignment"))));
  }

  private HttpAnswer assign(RestCall call, ObjectNode own) {
    String name = call.path("assignment").toLowerCase(Locale.ROOT);
    ObjectNode assignments = own.withObjectProperty("assignments");
    if (assignments.has(name)) {
      throw error(409, "RoleAssignmentExists", "The role assignment already exists.");
    }
    assignments.set(name, call.json());
    return HttpAnswer.json(201, call.json());
  }

  private static HttpAnswer list(JsonNode members) {
    ObjectNode answer = Json.object();
    answer.set("value", members.isArray() ? members.deepCopy() : Json.array());
    return ok(answer);
  }

  static Refusal error(int status, String code, String message) {
    ObjectNode answer = Json.object();
    answer.putObject("error").put("code", code).put("message", message);
    return new Refusal(HttpAnswer.json(status, answer).noted(code));
  }

  private static Refusal login(int status, String error, String description) {
    return new Refusal(
        HttpAnswer.json(
                status, Json.object().put("error", error).put("error_description", description))
            .noted(error));
  }
}
