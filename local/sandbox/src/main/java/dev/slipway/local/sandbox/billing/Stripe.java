package dev.slipway.local.sandbox.billing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.local.sandbox.platform.BillingAccounts;
import dev.slipway.local.sandbox.world.Act;
import dev.slipway.local.sandbox.world.HttpAnswer;
import dev.slipway.local.sandbox.world.Json;
import dev.slipway.local.sandbox.world.Records;
import dev.slipway.local.sandbox.world.RestCall;
import dev.slipway.local.sandbox.world.RestStandIn;
import dev.slipway.local.sandbox.world.SandboxDefaults;
import dev.slipway.local.sandbox.world.Site;
import dev.slipway.local.sandbox.world.World;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/**
 * Stripe's API, as far as it is read: {@code GET /v1/balance}, {@code customers}, {@code
 * subscriptions} and {@code invoices}, with a secret key of the test mode as bearer token.
 *
 * <p>The world's part {@code stripe}: {@code customers}, {@code subscriptions}, {@code invoices}.
 * The act {@code lead-stripe-dry-run} ({@code email}, {@code amount}, {@code charge}) is a person's
 * dry run from its beginning to its end, with the hoster's own connection to the platform.
 */
public final class Stripe extends RestStandIn {

  private static final String SYSTEM = "stripe";

  private final World world;

  /** Stripe, and a connection to the platform of the same world. */
  public Stripe(World world) {
    super(world, SYSTEM, Site.https(SandboxDefaults.STRIPE_HOST, "203.0.113.83"));
    this.world = world;
    on("GET /v1/balance", call -> balance());
    on("GET /v1/customers", call -> list("customers", "email", call));
    on("GET /v1/subscriptions", call -> list("subscriptions", "customer", call));
    on("GET /v1/invoices", call -> list("invoices", "customer", call));
    on("POST /v1/{what}", call -> error(403, "This key only reads"));
  }

  @Override
  public ObjectNode defaults() {
    ObjectNode part = Json.object();
    part.putObject("auth").put("token", SandboxDefaults.STRIPE_KEY);
    List.of("customers", "subscriptions", "invoices").forEach(part::putArray);
    return part;
  }

  @Override
  public Map<String, Act> acts() {
    return Map.of("lead-stripe-dry-run", this::lead);
  }

  @Override
  protected String key(RestCall call) {
    return call.parameter("email") + call.parameter("customer");
  }

  @Override
  protected HttpAnswer unauthorized() {
    return error(401, "Invalid API Key provided");
  }

  @Override
  protected HttpAnswer notFound() {
    return error(404, "Unrecognized request URL");
  }

  private static HttpAnswer balance() {
    ObjectNode balance = Json.object().put("object", "balance").put("livemode", false);
    balance.putArray("available").addObject().put("amount", 0).put("currency", "eur");
    return ok(balance);
  }

  private HttpAnswer list(String table, String by, RestCall call) {
    ObjectNode list = Json.object().put("object", "list").put("has_more", false);
    list.set("data", new Records(world, SYSTEM, table, "id").where(by, call.parameter(by)));
    return ok(list);
  }

  private static HttpAnswer error(int status, String message) {
    ObjectNode answer = Json.object();
    answer.putObject("error").put("type", "invalid_request_error").put("message", message);
    return HttpAnswer.json(status, answer).noted("error");
  }

  private JsonNode lead(JsonNode details) {
    String email = details.path("email").asText();
    BigDecimal amount = new BigDecimal(details.path("amount").asText());
    world.edit(
        SYSTEM,
        part -> {
          part.withArrayProperty("customers")
              .addObject()
              .put("id", "cus_dry")
              .put("object", "customer")
              .put("email", email)
              .put("livemode", false);
          part.withArrayProperty("subscriptions")
              .addObject()
              .put("id", "sub_dry")
              .put("object", "subscription")
              .put("customer", "cus_dry")
              .put("status", "canceled")
              .putNull("pause_collection");
          part.withArrayProperty("invoices")
              .addObject()
              .put("id", "in_dry")
              .put("object", "invoice")
              .put("customer", "cus_dry")
              .put("status", "paid")
              .put("amount_paid", amount.movePointRight(2).longValueExact())
              .put("currency", "eur");
        });
    BillingAccounts.open(world, email);
    BillingAccounts.convert(world, email);
    BillingAccounts.book(world, email, amount);
    BillingAccounts.book(world, email, new BigDecimal(details.path("charge").asText()).negate());
    BillingAccounts.suspend(world, email);
    return Json.object().put("customer", "cus_dry");
  }
}
