package dev.slipway.enterprise.payment;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.systems.payment.Braintree;
import dev.slipway.systems.payment.Braintree.Account;
import dev.slipway.systems.payment.Braintree.Merchant;
import dev.slipway.systems.payment.Eway;
import dev.slipway.systems.payment.PaymentGatewayCredentialTest;
import dev.slipway.task.Finding;
import dev.slipway.task.UnmetRequirement;
import dev.slipway.task.Work;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The account at the gateway, as it tells itself: UAT has a sandbox, Production a live merchant.
 */
final class MerchantLook {
  private static final String ACTIVE = "ACTIVE";

  private final Work work;
  private final HttpPort http;
  private final JsonNode payment;
  private final String credential;

  MerchantLook(Work work, HttpPort http) {
    this.work = work;
    this.http = http;
    this.payment = work.element(SetUpGateway.ELEMENT);
    this.credential = PaymentGatewayCredentialTest.SYSTEM + "@" + work.at("environment");
  }

  /**
   * The gateway takes the keys, which are those of this environment, and the merchant is active.
   */
  Finding look() {
    String wanted = work.at("environment").equals("production") ? "production" : "sandbox";
    String given = keys().path("environment").asText();
    if (!given.equals(wanted)) {
      throw unmet(
          "payment-gateway.wrong-place",
          "credential:" + credential,
          "The keys are those of the gateway's %s, and %s takes its %s."
              .formatted(given, work.at("environment"), wanted),
          "Give the keys of its " + wanted + ".");
    }
    return payment.path("system").asText().equals("braintree") ? braintreeMerchant() : ewayLogin();
  }

  private Finding braintreeMerchant() {
    Merchant merchant = braintree().merchant();
    if (!merchant.id().equals(keys().path("merchantId").asText())) {
      throw unmet(
          "payment-gateway.other-merchant",
          "credential:" + credential,
          "The keys belong to another merchant than `merchantId` says.",
          "Give the keys of that merchant, or its id.");
    }
    if (!merchant.status().equals(ACTIVE)) {
      throw unmet(
          "payment-gateway.not-active",
          SetUpGateway.ELEMENT,
          "Braintree says of the merchant: " + merchant.status() + ".",
          "Have Braintree activate it; then retry.");
    }
    return new Finding(
        "viewer { merchant }",
        merchant.against(),
        "%s, %d merchant account(s)".formatted(merchant.status(), merchant.accounts().size()));
  }

  private Finding ewayLogin() {
    Eway eway =
        new Eway(
            http,
            Eway.BASES.get(keys().path("environment").asText()),
            keys().path("apiKey").asText(),
            keys().path("password").asText());
    eway.requireAccess();
    return new Finding("GET /Transaction/0", eway.against(), "eWAY takes the login");
  }

  /** Each named account is there, active and in its currency. */
  Finding accounts() {
    Merchant merchant = braintree().merchant();
    List<String> found = new ArrayList<>();
    for (int i = 0; i < payment.path("accounts").size(); i++) {
      JsonNode wanted = payment.path("accounts").path(i);
      String id = wanted.path("acct").asText();
      Optional<Account> account =
          merchant.accounts().stream().filter(each -> each.id().equals(id)).findFirst();
      String seen = account.map(each -> each.currency() + ", " + each.status()).orElse("not there");
      if (!seen.equals(wanted.path("currency").asText() + ", " + ACTIVE)) {
        throw unmet(
            "payment-gateway.account",
            SetUpGateway.ELEMENT + ".accounts[" + i + "]",
            "Of the merchant account %s Braintree says: %s.".formatted(id, seen),
            "Correct the account or its currency, or have Braintree open it; then retry.");
      }
      found.add(id + " " + wanted.path("currency").asText());
    }
    return new Finding(
        "viewer { merchant { merchantAccounts } }",
        merchant.against(),
        "%s; Braintree's own default is %s%s"
            .formatted(
                String.join(", ", found),
                merchant.accounts().stream()
                    .filter(Account::isDefault)
                    .map(Account::id)
                    .findFirst()
                    .orElse("none"),
                PaymentAgrees.unsupported(payment).stream()
                    .map(currency -> "; warning: the frontend does not know " + currency)
                    .collect(Collectors.joining())));
  }

  Braintree braintree() {
    return new Braintree(
        http,
        Braintree.BASES.get(keys().path("environment").asText()),
        keys().path("publicKey").asText(),
        keys().path("privateKey").asText());
  }

  private JsonNode keys() {
    return work.secret(PaymentGatewayCredentialTest.SYSTEM, "environment");
  }

  private static UnmetRequirement unmet(String code, String field, String message, String next) {
    return new UnmetRequirement(code, PaymentGatewayCredentialTest.SYSTEM, field, message, next);
  }
}
