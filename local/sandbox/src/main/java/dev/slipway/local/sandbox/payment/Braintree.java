package dev.slipway.local.sandbox.payment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.local.sandbox.world.HttpAnswer;
import dev.slipway.local.sandbox.world.HttpCall.Credentials;
import dev.slipway.local.sandbox.world.Json;
import dev.slipway.local.sandbox.world.Refusal;
import dev.slipway.local.sandbox.world.RestCall;
import dev.slipway.local.sandbox.world.RestStandIn;
import dev.slipway.local.sandbox.world.SandboxDefaults;
import dev.slipway.local.sandbox.world.Site;
import dev.slipway.local.sandbox.world.World;

/**
 * Braintree's GraphQL API in its two environments: the merchant with its accounts, and payments
 * that are authorised, found by their order, and reversed. It answers the fields that our client
 * asks for, held against the vendor's schema. Errors come with HTTP 200. The world's {@code
 * braintree.sandbox} and {@code braintree.production}: {@code merchant}, {@code status}, {@code
 * publicKey}, {@code privateKey}, {@code accounts}, {@code transactions}; with {@code "declines":
 * true} no card is authorised.
 */
public final class Braintree extends RestStandIn {

  private static final String SYSTEM = "braintree";
  private static final String CARD = "fake-valid-nonce";

  private final World world;

  /** Braintree with the world's merchants. */
  public Braintree(World world) {
    super(
        world,
        SYSTEM,
        Site.https("payments.sandbox.braintree-api.com", "203.0.113.141"),
        Site.https("payments.braintree-api.com", "203.0.113.142"));
    this.world = world;
    on("POST payments.sandbox.braintree-api.com/graphql", call -> answer("sandbox", call));
    on("POST payments.braintree-api.com/graphql", call -> answer("production", call));
  }

  @Override
  public ObjectNode defaults() {
    ObjectNode part = Json.object();
    merchant(
        part.putObject("sandbox"),
        SandboxDefaults.BRAINTREE_MERCHANT,
        SandboxDefaults.BRAINTREE_PUBLIC_KEY,
        SandboxDefaults.BRAINTREE_PRIVATE_KEY);
    merchant(
        part.putObject("production"),
        SandboxDefaults.BRAINTREE_LIVE_MERCHANT,
        SandboxDefaults.BRAINTREE_LIVE_PUBLIC_KEY,
        SandboxDefaults.BRAINTREE_LIVE_PRIVATE_KEY);
    return part;
  }

  private static void merchant(ObjectNode part, String id, String publicKey, String privateKey) {
    part.put("merchant", id)
        .put("status", "ACTIVE")
        .put("publicKey", publicKey)
        .put("privateKey", privateKey);
    ArrayNode accounts = part.putArray("accounts");
    account(accounts, "customer_aud", "AUD", true);
    account(accounts, "customer_usd", "USD", false);
    part.putArray("transactions");
  }

  private static void account(ArrayNode accounts, String id, String currency, boolean isDefault) {
    accounts
        .addObject()
        .put("id", id)
        .put("currencyCode", currency)
        .put("status", "ACTIVE")
        .put("isDefault", isDefault);
  }

  private HttpAnswer answer(String environment, RestCall call) {
    return world.change(
        SYSTEM,
        part -> {
          ObjectNode merchant = part.withObjectProperty(environment);
          Credentials login =
              new Credentials(
                  merchant.path("publicKey").asText(), merchant.path("privateKey").asText());
          if (call.http().header("braintree-version").isEmpty()) {
            throw error("Braintree-Version is missing.", "UNSUPPORTED_CLIENT");
          }
          if (call.http().basic().filter(login::equals).isEmpty()) {
            throw error("Authentication credentials are invalid.", "AUTHENTICATION");
          }
          String query = call.json().path("query").asText();
          JsonNode input = call.json().path("variables").path("input");
          ObjectNode answer = Json.object();
          ObjectNode data = answer.putObject("data");
          if (query.contains("authorizePaymentMethod(")) {
            authorize(merchant, input, data.putObject("authorizePaymentMethod"));
          } else if (query.contains("reverseTransaction(")) {
            reverse(merchant, input, data.putObject("reverseTransaction"));
          } else if (query.contains("search {")) {
            find(merchant, input, data.putObject("search"));
          } else {
            shown(merchant, data.putObject("viewer").putObject("merchant"));
          }
          return ok(answer);
        });
  }

  private static void shown(ObjectNode merchant, ObjectNode data) {
    data.put("id", merchant.path("merchant").asText())
        .put("status", merchant.path("status").asText());
    ArrayNode edges = data.putObject("merchantAccounts").putArray("edges");
    merchant.path("accounts").forEach(each -> edges.addObject().set("node", each.deepCopy()));
  }

  private static void authorize(ObjectNode merchant, JsonNode input, ObjectNode data) {
    JsonNode wanted = input.path("transaction");
    boolean isKnown =
        merchant
            .path("accounts")
            .valueStream()
            .anyMatch(each -> each.path("id").equals(wanted.path("merchantAccountId")));
    if (!isKnown || !input.path("paymentMethodId").asText().equals(CARD)) {
      throw error("An error occurred with this operation: unknown id.", "VALIDATION");
    }
    ArrayNode transactions = merchant.withArrayProperty("transactions");
    ObjectNode transaction =
        transactions
            .addObject()
            .put("id", "dHJhbnNhY3Rpb25f%04d".formatted(transactions.size()))
            .put("orderId", wanted.path("orderId").asText())
            .put(
                "status",
                merchant.path("declines").asBoolean() ? "PROCESSOR_DECLINED" : "AUTHORIZED");
    data.set("transaction", brief(transaction));
  }

  private static void reverse(ObjectNode merchant, JsonNode input, ObjectNode data) {
    ObjectNode transaction =
        (ObjectNode)
            merchant
                .path("transactions")
                .valueStream()
                .filter(each -> each.path("id").equals(input.path("transactionId")))
                .filter(each -> each.path("status").asText().equals("AUTHORIZED"))
                .findFirst()
                .orElseThrow(() -> error("Transaction cannot be reversed.", "VALIDATION"));
    ObjectNode reversal = brief(transaction.put("status", "VOIDED"));
    data.set("reversal", reversal.put("__typename", "Transaction"));
  }

  private static void find(ObjectNode merchant, JsonNode input, ObjectNode data) {
    ArrayNode edges = data.putObject("transactions").putArray("edges");
    merchant
        .path("transactions")
        .valueStream()
        .filter(each -> each.path("orderId").equals(input.path("orderId").path("is")))
        .forEach(each -> edges.addObject().set("node", brief(each)));
  }

  private static ObjectNode brief(JsonNode transaction) {
    return Json.object()
        .put("id", transaction.path("id").asText())
        .put("status", transaction.path("status").asText());
  }

  private static Refusal error(String message, String errorClass) {
    ObjectNode answer = Json.object();
    ObjectNode error = answer.putArray("errors").addObject().put("message", message);
    error.putObject("extensions").put("errorClass", errorClass);
    return new Refusal(HttpAnswer.json(200, answer).noted("error"));
  }
}
