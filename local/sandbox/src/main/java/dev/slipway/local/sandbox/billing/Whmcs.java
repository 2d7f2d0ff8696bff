package dev.slipway.local.sandbox.billing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.local.sandbox.platform.BillingAccounts;
import dev.slipway.local.sandbox.world.Act;
import dev.slipway.local.sandbox.world.Fault;
import dev.slipway.local.sandbox.world.HttpAnswer;
import dev.slipway.local.sandbox.world.HttpCall;
import dev.slipway.local.sandbox.world.HttpStandIn;
import dev.slipway.local.sandbox.world.Json;
import dev.slipway.local.sandbox.world.Operation;
import dev.slipway.local.sandbox.world.SandboxDefaults;
import dev.slipway.local.sandbox.world.Site;
import dev.slipway.local.sandbox.world.World;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * WHMCS with its customers' portal: the API at {@code /includes/api.php} (form fields {@code
 * identifier}, {@code secret}, {@code action}; names, parameters and answers as the vendor's
 * documentation has them), and a client area with single sign-on. Unverified: the words of
 * authentication errors, and what the connector to the platform does at which moment; here an
 * accepted order opens an account, a paid invoice funds it, a suspended service suspends it.
 *
 * <p>The world's part {@code whmcs}: {@code version}, {@code credentials} (identifier to {@code
 * secret} and {@code denied} actions), {@code refusedIp} (an address to complain of; empty lets
 * everybody in), {@code currencies}, {@code products}, {@code clients}, {@code orders}, {@code
 * services}, {@code invoices}, {@code transactions}, {@code landing} and {@code sessions} of the
 * client area.
 */
public final class Whmcs implements HttpStandIn {

  /** The name in the world. */
  static final String SYSTEM = "whmcs";

  private static final String API = "/includes/api.php";

  private final World world;
  private final ClientArea clientArea;
  private final Map<String, WhmcsActions.Action> actions;

  /** WHMCS and its connector to the platform of the same world. */
  public Whmcs(World world) {
    this.world = world;
    this.clientArea = new ClientArea(world);
    this.actions = new WhmcsActions(world).actions();
  }

  @Override
  public String system() {
    return SYSTEM;
  }

  @Override
  public List<Site> sites() {
    return List.of(Site.https(SandboxDefaults.BILLING_HOST, "203.0.113.81"));
  }

  @Override
  public ObjectNode defaults() {
    ObjectNode part = Json.object().put("version", "8.13.1").put("refusedIp", "").put("nextId", 0);
    ObjectNode login = part.putObject("credentials").putObject(SandboxDefaults.BILLING_IDENTIFIER);
    login.put("secret", SandboxDefaults.BILLING_SECRET).putArray("denied");
    part.putArray("currencies").addObject().put("id", 1).put("code", "EUR").put("rate", "1.00000");
    part.putObject("products")
        .putObject("1")
        .put("name", "Application platform, pre-paid")
        .put("price", "10.00");
    for (String table : List.of("clients", "orders", "services", "invoices", "transactions")) {
      part.putArray(table);
    }
    part.put("landing", "/clientarea.php").putObject("sessions");
    return part;
  }

  @Override
  public Map<String, Act> acts() {
    return Map.of("connect-billing", this::connectBilling, "connect-portal", this::connectPortal);
  }

  private JsonNode connectBilling(JsonNode details) {
    String name = details.path("name").asText("WHMCS");
    world.edit("platform", part -> part.putArray("externBilling").add(name));
    return Json.object().put("connected", name);
  }

  private JsonNode connectPortal(JsonNode details) {
    world.edit("platform", part -> part.withObjectProperty("sso").put("connected", true));
    return Json.object().put("connected", BillingAccounts.connected(world));
  }

  @Override
  public Operation operation(HttpCall call) {
    if (!call.path().equals(API)) {
      return Operation.of(call.method() + " " + call.path());
    }
    Map<String, String> form = call.parameters();
    String key =
        List.of("email", "search", "transid", "invoiceid", "orderid", "serviceid", "clientid")
            .stream()
            .filter(form::containsKey)
            .findFirst()
            .map(form::get)
            .orElse("");
    return new Operation(form.getOrDefault("action", ""), key);
  }

  @Override
  public HttpAnswer answer(HttpCall call) {
    if (!call.path().equals(API)) {
      return clientArea.answer(call);
    }
    Map<String, String> form = call.parameters();
    try {
      String name = form.getOrDefault("action", "");
      authorize(form, name);
      WhmcsActions.Action action =
          Optional.ofNullable(actions.get(name))
              .orElseThrow(() -> WhmcsException.of("Action '" + name + "' not found"));
      ObjectNode answer = Json.object().put("result", "success");
      answer.setAll(action.perform(form));
      return HttpAnswer.json(200, answer);
    } catch (WhmcsException e) {
      return error(e.status(), e.getMessage());
    }
  }

  @Override
  public HttpAnswer okWithError(Fault fault) {
    return error(200, fault.message().isEmpty() ? "An error occurred" : fault.message());
  }

  private static HttpAnswer error(int status, String message) {
    return HttpAnswer.json(status, Json.object().put("result", "error").put("message", message))
        .noted("error");
  }

  private void authorize(Map<String, String> form, String action) {
    world.edit(
        SYSTEM,
        part -> {
          String refused = part.path("refusedIp").asText("");
          if (!refused.isEmpty()) {
            throw new WhmcsException(403, "Invalid IP " + refused);
          }
          JsonNode login = part.path("credentials").path(form.getOrDefault("identifier", ""));
          if (login.isMissingNode()
              || !login.path("secret").asText().equals(form.getOrDefault("secret", ""))) {
            throw new WhmcsException(403, "Authentication Failed");
          }
          if (Json.strings(login.path("denied")).contains(action)) {
            throw new WhmcsException(
                403, "Invalid Permissions: API action \"" + action + "\" is not allowed");
          }
        });
  }
}
