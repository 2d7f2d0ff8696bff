package dev.slipway.local.sandbox.billing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.local.sandbox.platform.BillingAccounts;
import dev.slipway.local.sandbox.world.Act;
import dev.slipway.local.sandbox.world.Fault;
import dev.slipway.local.sandbox.world.HttpAnswer;
import dev.slipway.local.sandbox.world.Json;
import dev.slipway.local.sandbox.world.Refusal;
import dev.slipway.local.sandbox.world.RestCall;
import dev.slipway.local.sandbox.world.RestStandIn;
import dev.slipway.local.sandbox.world.SandboxDefaults;
import dev.slipway.local.sandbox.world.Site;
import dev.slipway.local.sandbox.world.World;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * WHMCS with its customers' portal: the API at {@code /includes/api.php} (form fields {@code
 * identifier}, {@code secret}, {@code action}; names, parameters and answers as the vendor's
 * documentation has them), and a client area with single sign-on. Unverified: the words of
 * authentication errors, and the moments at which the connector to the platform acts; here an
 * accepted order opens an account, a paid invoice funds it, a suspended service suspends it.
 *
 * <p>The world's part {@code whmcs}: {@code version}, {@code credentials} (identifier to {@code
 * secret} and {@code denied} actions), {@code refusedIp} (an address to complain of; empty lets
 * every address in), {@code currencies}, {@code products}, {@code clients}, {@code orders}, {@code
 * services}, {@code invoices}, {@code transactions}, {@code nextId}, {@code landing} and {@code
 * sessions} of the client area.
 */
public final class Whmcs extends RestStandIn {

  /** The name in the world. */
  static final String SYSTEM = "whmcs";

  private static final String API = "POST /includes/api.php";

  private final World world;

  /** WHMCS and its connector to the platform of the same world. */
  public Whmcs(World world) {
    super(world, SYSTEM, Site.https(SandboxDefaults.BILLING_HOST, "203.0.113.81"));
    this.world = world;
    new WhmcsActions(world)
        .actions()
        .forEach((name, action) -> on(name, API + "?action=" + name, call -> take(call, action)));
    on(
        API,
        call ->
            take(
                call,
                unknown -> {
                  throw refusal("Action '" + action(call) + "' not found");
                }));
    ClientArea clientArea = new ClientArea(world);
    on("GET /sso.php", clientArea::singleSignOn);
    on("GET /clientarea.php", clientArea::area);
    on("GET /login.php", clientArea::login);
  }

  @Override
  public ObjectNode defaults() {
    ObjectNode part = Json.object().put("version", "8.13.1").put("refusedIp", "").put("nextId", 0);
    ObjectNode login = part.putObject("credentials").putObject(SandboxDefaults.BILLING_IDENTIFIER);
    login.put("secret", SandboxDefaults.BILLING_SECRET).putArray("denied");
    part.putArray("currencies").addObject().put("id", 1).put("code", "EUR").put("rate", "1.00000");
    part.putArray("products")
        .addObject()
        .put("pid", 1)
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
  protected String key(RestCall call) {
    Map<String, String> form = call.http().parameters();
    return Stream.of("email", "search", "transid", "invoiceid", "orderid", "serviceid", "clientid")
        .map(form::get)
        .filter(Objects::nonNull)
        .findFirst()
        .orElse("");
  }

  @Override
  protected HttpAnswer notFound() {
    return ClientArea.page(404, "Not found");
  }

  @Override
  public HttpAnswer okWithError(Fault fault) {
    return error(200, fault.message().isEmpty() ? "An error occurred" : fault.message());
  }

  /** An error of an action: HTTP status 200 all the same. */
  static Refusal refusal(String message) {
    return new Refusal(error(200, message));
  }

  private static HttpAnswer error(int status, String message) {
    return HttpAnswer.json(status, Json.object().put("result", "error").put("message", message))
        .noted("error");
  }

  private static String action(RestCall call) {
    return call.parameter("action");
  }

  private HttpAnswer take(RestCall call, WhmcsActions.Action action) {
    authorize(call);
    ObjectNode answer = Json.object().put("result", "success");
    return ok(answer.setAll(action.perform(call)));
  }

  private void authorize(RestCall call) {
    JsonNode part = world.read(SYSTEM, ObjectNode::deepCopy);
    JsonNode login = part.path("credentials").path(call.parameter("identifier"));
    if (!part.path("refusedIp").asText().isEmpty()) {
      throw new Refusal(error(403, "Invalid IP " + part.path("refusedIp").asText()));
    }
    if (login.isMissingNode() || !login.path("secret").asText().equals(call.parameter("secret"))) {
      throw new Refusal(error(403, "Authentication Failed"));
    }
    if (Json.strings(login.path("denied")).contains(action(call))) {
      throw new Refusal(
          error(403, "Invalid Permissions: API action \"" + action(call) + "\" is not allowed"));
    }
  }
}
