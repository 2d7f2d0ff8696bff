package dev.slipway.local.sandbox.billing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.local.sandbox.platform.BillingAccounts;
import dev.slipway.local.sandbox.world.Act;
import dev.slipway.local.sandbox.world.HttpAnswer;
import dev.slipway.local.sandbox.world.HttpCall;
import dev.slipway.local.sandbox.world.HttpStandIn;
import dev.slipway.local.sandbox.world.Json;
import dev.slipway.local.sandbox.world.Operation;
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
public final class Stripe implements HttpStandIn {

  private static final String SYSTEM = "stripe";
  private static final String PATH = "/v1/";
  private static final List<String> LISTS = List.of("customers", "subscriptions", "invoices");

  private final World world;

  /** Stripe, and a connection to the platform of the same world. */
  public Stripe(World world) {
    this.world = world;
  }

  @Override
  public String system() {
    return SYSTEM;
  }

  @Override
  public List<Site> sites() {
    return List.of(Site.https(SandboxDefaults.STRIPE_HOST, "203.0.113.83"));
  }

  @Override
  public ObjectNode defaults() {
    ObjectNode part = Json.object();
    LISTS.forEach(part::putArray);
    return part;
  }

  @Override
  public Map<String, Act> acts() {
    return Map.of("lead-stripe-dry-run", this::lead);
  }

  @Override
  public Operation operation(HttpCall call) {
    Map<String, String> query = call.parameters();
    return new Operation(
        call.method() + " " + call.path(),
        query.getOrDefault("email", query.getOrDefault("customer", "")));
  }

  @Override
  public HttpAnswer answer(HttpCall call) {
    if (!call.header("authorization").orElse("").equals("Bearer " + SandboxDefaults.STRIPE_KEY)) {
      return error(401, "Invalid API Key provided");
    }
    String what = call.path().startsWith(PATH) ? call.path().substring(PATH.length()) : "";
    if (!call.method().equals("GET")) {
      return error(403, "This key only reads");
    }
    if (what.equals("balance")) {
      ObjectNode balance = Json.object().put("object", "balance").put("livemode", false);
      balance.putArray("available").addObject().put("amount", 0).put("currency", "eur");
      return HttpAnswer.json(200, balance);
    }
    return LISTS.contains(what)
        ? HttpAnswer.json(200, list(what, call.parameters()))
        : error(404, "Unrecognized request URL");
  }

  private ObjectNode list(String what, Map<String, String> query) {
    ObjectNode list = Json.object().put("object", "list").put("has_more", false);
    ArrayNode data = list.putArray("data");
    String by = what.equals("customers") ? "email" : "customer";
    JsonNode all = world.read(SYSTEM, part -> part.path(what).<JsonNode>deepCopy());
    all.forEach(
        each -> {
          if (!query.containsKey(by) || query.get(by).equals(each.path(by).asText())) {
            data.add(each);
          }
        });
    return list;
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
