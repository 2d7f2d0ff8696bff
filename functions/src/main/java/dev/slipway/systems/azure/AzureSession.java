package dev.slipway.systems.azure;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.systems.net.Destination;
import dev.slipway.systems.net.HttpAnswer;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.systems.net.SystemTrouble;
import dev.slipway.systems.net.SystemTrouble.Kind;
import dev.slipway.systems.rest.Authentication;
import dev.slipway.systems.rest.JsonApi;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * A session of an app registration in an Azure subscription: a token by client credentials
 * (Microsoft identity platform), and the Azure Resource Manager's REST API ({@code Microsoft.
 * Resources} 2022-12-01 and 2021-04-01, {@code Microsoft.Authorization} 2022-04-01).
 *
 * <pre>{@code
 * AzureSession azure = AzureSession.open(http, AzureAccess.of(secret));
 * azure.subscription().path("state").asText("");   // Enabled
 * azure.api().find("the zone", azure.inGroup("providers/Microsoft.Network/dnsZones/a.example", "2018-05-01"));
 * }</pre>
 */
public final class AzureSession {

  static final String SYSTEM = "azure";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final AzureAccess access;
  private final JsonApi api;

  private AzureSession(AzureAccess access, JsonApi api) {
    this.access = access;
    this.api = api;
  }

  /**
   * Opens one.
   *
   * @throws SystemTrouble of kind {@code AUTHENTICATION_FAILED} if Microsoft Entra does not know
   *     tenant, application or secret
   */
  public static AzureSession open(HttpPort http, AzureAccess access) {
    String scope = access.cloud().management() + ".default";
    JsonNode answer =
        new JsonApi(http, SYSTEM, Destination.VENDOR, access.cloud().login())
            .redacting(access.clientSecret())
            .withErrors(AzureSession::refusedLogin)
            .ask(
                "a token",
                access.tenantId() + "/oauth2/v2.0/token",
                Map.of(
                    "grant_type",
                    "client_credentials",
                    "client_id",
                    access.clientId(),
                    "client_secret",
                    access.clientSecret(),
                    "scope",
                    scope))
            .json();
    String token = answer.path("access_token").asText("");
    if (token.isEmpty()) {
      throw new SystemTrouble(
          SYSTEM,
          Kind.NOT_UNDERSTOOD,
          "Microsoft Entra answered without a token.",
          "a token",
          access.cloud().login().toString(),
          "");
    }
    return new AzureSession(
        access,
        new JsonApi(http, SYSTEM, Destination.VENDOR, access.cloud().management())
            .with(Authentication.bearer(token))
            .redacting(access.clientSecret())
            .withErrors(AzureSession::refused));
  }

  /** The Resource Manager's API, for what this class has no method for. */
  public JsonApi api() {
    return api;
  }

  /** Scheme and host, which a report may name. */
  public String against() {
    return api.against();
  }

  /** A path below the subscription. */
  public String inSubscription(String path, String version) {
    return "subscriptions/"
        + access.subscriptionId()
        + (path.isEmpty() ? "" : "/" + path)
        + "?api-version="
        + version;
  }

  /** A path below Slipway's resource group. */
  public String inGroup(String path, String version) {
    return inSubscription("resourceGroups/" + access.resourceGroup() + "/" + path, version);
  }

  /** The subscriptions that the application has a role in, of all pages. */
  public List<JsonNode> subscriptions() {
    return list("subscriptions", "subscriptions?api-version=2022-12-01");
  }

  /**
   * The subscription: {@code {"subscriptionId", "displayName", "state"}}; empty if it is hidden.
   */
  public Optional<JsonNode> subscription() {
    return api.find("the subscription", inSubscription("", "2022-12-01")).map(HttpAnswer::json);
  }

  /** The names of the regions that the subscription may use. */
  public List<String> locations() {
    return list("the regions", inSubscription("locations", "2022-12-01")).stream()
        .map(each -> each.path("name").asText(""))
        .toList();
  }

  /** Slipway's resource group, if it is there: {@code {"name", "location", "tags"}}. */
  public Optional<JsonNode> resourceGroup() {
    return api.find("the resource group", group()).map(HttpAnswer::json);
  }

  /** Makes the resource group; no harm if it is there. */
  public JsonNode createResourceGroup(String location, Map<String, String> tags) {
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("location", location);
    tags.forEach(body.putObject("tags")::put);
    return api.send(api.call("the resource group", group()).method("PUT").json(body)).json();
  }

  /** What is in the resource group. */
  public List<JsonNode> resources() {
    return list("the resources", inGroup("resources", "2021-04-01"));
  }

  /** Deletes the resource group with all that is in it. */
  public void deleteResourceGroup() {
    api.send(api.call("the resource group", group()).method("DELETE"));
  }

  /**
   * Gives a principal a role on the subscription, unless it has it: the assignment's name follows
   * from both, so that it is made once.
   *
   * @param principal the object id of a user or group in Microsoft Entra
   * @param role the id of a built-in role's definition
   */
  public void assignRole(String principal, String role) {
    String name =
        UUID.nameUUIDFromBytes((principal + "/" + role).getBytes(StandardCharsets.UTF_8))
            .toString();
    String path =
        inSubscription("providers/Microsoft.Authorization/roleAssignments/" + name, "2022-04-01");
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.putObject("properties")
        .put(
            "roleDefinitionId",
            "/subscriptions/"
                + access.subscriptionId()
                + "/providers/Microsoft.Authorization/roleDefinitions/"
                + role)
        .put("principalId", principal);
    JsonApi.ensure(
        () -> api.find("the role assignment", path).map(HttpAnswer::json),
        () -> api.send(api.call("the role assignment", path).method("PUT").json(body)).json());
  }

  private String group() {
    return inSubscription("resourcegroups/" + access.resourceGroup(), "2021-04-01");
  }

  private List<JsonNode> list(String asked, String path) {
    List<JsonNode> all = new ArrayList<>();
    String next = path;
    while (!next.isEmpty()) {
      JsonNode page = api.get(asked, next).json();
      if (!page.path("value").isArray()) {
        throw new SystemTrouble(
            SYSTEM, Kind.NOT_UNDERSTOOD, "Azure answered without a list.", asked, against(), "");
      }
      page.path("value").forEach(all::add);
      String base = access.cloud().management().toString();
      String link = page.path("nextLink").asText("");
      next = link.startsWith(base) ? link.substring(base.length()) : "";
    }
    return all;
  }

  /** Microsoft identity platform, "Error codes": AADSTS numbers tell what is wrong. */
  private static void refusedLogin(HttpAnswer answer) {
    String error = tree(answer).path("error").asText("");
    if (answer.isSuccess() || error.isEmpty()) {
      return;
    }
    String said = tree(answer).path("error_description").asText(error).split("\\R", 2)[0];
    boolean login =
        List.of("invalid_client", "unauthorized_client", "invalid_request").contains(error);
    throw answer.trouble(
        login ? Kind.AUTHENTICATION_FAILED : Kind.REJECTED,
        "Microsoft Entra does not accept the application: " + said);
  }

  /** Azure Resource Manager, "Common deployment errors": {@code {"error": {"code", "message"}}}. */
  private static void refused(HttpAnswer answer) {
    JsonNode error = tree(answer).path("error");
    String code = error.path("code").asText("");
    if (answer.isSuccess() || code.isEmpty() || answer.status() == 429) {
      return;
    }
    Kind kind =
        switch (code) {
          case "AuthorizationFailed", "LinkedAuthorizationFailed" -> Kind.NOT_PERMITTED;
          case "InvalidAuthenticationToken",
              "InvalidAuthenticationTokenTenant",
              "ExpiredAuthenticationToken",
              "AuthenticationFailed" ->
              Kind.AUTHENTICATION_FAILED;
          case "LocationNotAvailableForResourceGroup", "InvalidResourceLocation" ->
              Kind.WRONG_PLACE;
          default ->
              switch (answer.status()) {
                case 404 -> Kind.NOT_FOUND;
                case 403 -> Kind.NOT_PERMITTED;
                default -> answer.status() >= 500 ? Kind.OUT_OF_ORDER : Kind.REJECTED;
              };
        };
    if (kind == Kind.NOT_FOUND) {
      // What may be missing is looked for by its status.
      return;
    }
    throw answer.trouble(
        kind,
        "Azure did not accept "
            + answer.call().asked()
            + " ("
            + code
            + "): "
            + error.path("message").asText(""));
  }

  private static JsonNode tree(HttpAnswer answer) {
    try {
      JsonNode tree = JSON.readTree(answer.text());
      return tree == null ? JsonNodeFactory.instance.missingNode() : tree;
    } catch (JsonProcessingException e) {
      return JsonNodeFactory.instance.missingNode();
    }
  }
}
