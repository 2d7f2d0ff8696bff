package dev.slipway.systems.payment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.systems.net.Destination;
import dev.slipway.systems.net.HttpAnswer;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.systems.net.SystemTrouble.Kind;
import dev.slipway.systems.rest.Authentication;
import dev.slipway.systems.rest.GraphQlErrors;
import dev.slipway.systems.rest.JsonApi;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Braintree's GraphQL API. Its sandbox and its production are separate, and errors come with HTTP
 * 200. By the vendor's published schema and its Java library; unverified against an account.
 */
public final class Braintree {

  /** Its address by environment. */
  public static final Map<String, URI> BASES =
      Map.of(
          "sandbox", URI.create("https://payments.sandbox.braintree-api.com/"),
          "production", URI.create("https://payments.braintree-api.com/"));

  private static final String VERSION = "2019-01-01";

  /** A card that the sandbox knows and authorises; no live merchant takes it. */
  private static final String SANDBOX_CARD = "fake-valid-nonce";

  private static final String MERCHANT =
      """
      query Merchant {
        viewer { merchant { id status
          merchantAccounts(first: 50) { edges { node { id currencyCode status isDefault } } } } }
      }""";
  private static final String AUTHORIZE =
      """
      mutation Authorize($input: AuthorizePaymentMethodInput!) {
        authorizePaymentMethod(input: $input) { transaction { id status } }
      }""";
  private static final String REVERSE =
      """
      mutation Reverse($input: ReverseTransactionInput!) {
        reverseTransaction(input: $input) {
          reversal { __typename ... on Transaction { id status } ... on Refund { id status } } }
      }""";
  private static final String FIND =
      """
      query Find($input: TransactionSearchInput!) {
        search { transactions(input: $input, first: 50) { edges { node { id status } } } }
      }""";

  private static final GraphQlErrors ERRORS =
      new GraphQlErrors(
          Map.of(
              "AUTHENTICATION", Kind.AUTHENTICATION_FAILED,
              "AUTHORIZATION", Kind.NOT_PERMITTED,
              "RESOURCE_LIMIT", Kind.RATE_LIMITED,
              "SERVICE_AVAILABILITY", Kind.OUT_OF_ORDER,
              "INTERNAL", Kind.OUT_OF_ORDER));

  private final JsonApi api;

  /**
   * The merchant that a pair of keys belongs to.
   *
   * @param against the host that was asked
   */
  public record Merchant(String against, String id, String status, List<Account> accounts) {
    public Merchant {
      accounts = List.copyOf(accounts);
    }
  }

  /**
   * A merchant account, which takes payments in one currency.
   *
   * @param isDefault whether it is the one that is taken where none is named
   */
  public record Account(String id, String currency, String status, boolean isDefault) {}

  /**
   * A payment.
   *
   * @param status such as {@code AUTHORIZED}, {@code VOIDED} or {@code PROCESSOR_DECLINED}
   */
  public record Transaction(String id, String status) {
    /** Whether the money is held. */
    public boolean isAuthorized() {
      return status.equals("AUTHORIZED");
    }

    /** Whether it was held and is not any more. */
    public boolean isVoided() {
      return status.equals("VOIDED");
    }
  }

  /** Speaks with this pair of keys at this address. */
  public Braintree(HttpPort http, URI base, String publicKey, String privateKey) {
    this.api =
        new JsonApi(http, PaymentGatewayCredentialTest.SYSTEM, Destination.VENDOR, base)
            .with(Authentication.basic(publicKey, privateKey))
            .with(call -> call.header("Braintree-Version", VERSION))
            .withErrors(ERRORS);
  }

  /** The host that is asked. */
  public String against() {
    return api.against();
  }

  /** The merchant that the keys belong to. */
  public Merchant merchant() {
    HttpAnswer answer = api.ask("merchant", "graphql", body(MERCHANT));
    JsonNode merchant = answer.json().at("/data/viewer/merchant");
    if (!merchant.hasNonNull("id")) {
      throw answer.trouble(Kind.NOT_UNDERSTOOD, "Braintree's answer names no merchant.");
    }
    return new Merchant(
        api.against(),
        merchant.path("id").asText(),
        merchant.path("status").asText(),
        nodes(merchant.path("merchantAccounts"))
            .map(
                each ->
                    new Account(
                        each.path("id").asText(),
                        each.path("currencyCode").asText(),
                        each.path("status").asText(),
                        each.path("isDefault").asBoolean()))
            .toList());
  }

  /**
   * Has the sandbox hold a small amount on its card.
   *
   * @param account the merchant account's id
   * @param order by which the payment is found again ({@link #transactions})
   */
  public Transaction authorize(String account, String order) {
    ObjectNode body = body(AUTHORIZE);
    ObjectNode input = body.putObject("variables").putObject("input");
    input.put("paymentMethodId", SANDBOX_CARD);
    input
        .putObject("transaction")
        .put("amount", "1.00")
        .put("merchantAccountId", account)
        .put("orderId", order);
    HttpAnswer answer = api.post("authorisation", "graphql", body);
    return transaction(answer, answer.json().at("/data/authorizePaymentMethod/transaction"));
  }

  /** Lets go what was held, or gives back what was taken. */
  public Transaction reverse(String id) {
    ObjectNode body = body(REVERSE);
    body.putObject("variables").putObject("input").put("transactionId", id);
    HttpAnswer answer = api.post("reversal", "graphql", body);
    return transaction(answer, answer.json().at("/data/reverseTransaction/reversal"));
  }

  /** The payments of an order. */
  public List<Transaction> transactions(String order) {
    ObjectNode body = body(FIND);
    body.putObject("variables").putObject("input").putObject("orderId").put("is", order);
    HttpAnswer answer = api.ask("payments of an order", "graphql", body);
    return nodes(answer.json().at("/data/search/transactions"))
        .map(each -> transaction(answer, each))
        .toList();
  }

  private static Stream<JsonNode> nodes(JsonNode connection) {
    return connection.path("edges").valueStream().map(each -> each.path("node"));
  }

  private static Transaction transaction(HttpAnswer answer, JsonNode transaction) {
    if (!transaction.hasNonNull("id")) {
      throw answer.trouble(Kind.NOT_UNDERSTOOD, "Braintree's answer names no transaction.");
    }
    return new Transaction(transaction.path("id").asText(), transaction.path("status").asText());
  }

  private static ObjectNode body(String query) {
    return JsonNodeFactory.instance.objectNode().put("query", query);
  }
}
