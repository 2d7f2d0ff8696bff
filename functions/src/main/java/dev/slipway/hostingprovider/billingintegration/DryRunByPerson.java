package dev.slipway.hostingprovider.billingintegration;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.systems.billing.BillingSystem;
import dev.slipway.systems.net.SystemTrouble;
import dev.slipway.systems.net.SystemTrouble.Kind;
import dev.slipway.systems.platform.BillingAccount;
import dev.slipway.systems.platform.PlatformBilling;
import dev.slipway.task.Finding;
import dev.slipway.task.OptionalLook;
import dev.slipway.task.PersonStep;
import dev.slipway.task.UnmetRequirement;
import dev.slipway.task.Work;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * The dry run where a person leads it: in a billing system whose API is not documented, or for
 * post-paid accounts. A machine looks at both sides afterwards, as far as each can be read.
 */
final class DryRunByPerson {
  private static final String FIELD = "external-billing";

  private final Work work;
  private final Optional<BillingSystem> billing;
  private final PlatformBilling platform;
  private final JsonNode given;

  DryRunByPerson(Work work, Optional<BillingSystem> billing, PlatformBilling platform) {
    this.work = work;
    this.billing = billing;
    this.platform = platform;
    this.given = work.element(FIELD);
  }

  /** Takes the step. */
  void take() {
    String email = given.path("dryRun").path("email").asText();
    PersonStep step = work.step("dry-run").about("platform.domain", FIELD).field(FIELD);
    if (email.isEmpty()) {
      step.attested();
    } else {
      step.person(() -> over(email));
    }
  }

  /** Both sides, as far as each can be read. */
  private Finding over(String email) {
    Optional<BillingSystem.Traces> traces = billing.flatMap(system -> system.traces(email));
    Finding onPlatform = onPlatform(email);
    if (traces.isEmpty()) {
      return onPlatform;
    }
    BillingSystem.Traces left = traces.get();
    return new Finding(
        onPlatform.probe() + "; " + left.probe(),
        onPlatform.against() + ", " + left.against(),
        onPlatform.answer() + "; " + billed(left, email));
  }

  /**
   * The payment of the person's test customer in the billing system, against the platform's
   * balance.
   */
  private String billed(BillingSystem.Traces traces, String email) {
    if (traces.customers().isEmpty()) {
      throw open(
          "billing.no-customer",
          "billing",
          "There is no customer with the address " + email + " there, or not any more.");
    }
    if (!traces.open().isEmpty()) {
      throw open(
          "billing.test-account-open",
          "billing",
          "Still under way there: " + String.join(", ", traces.open()) + ".");
    }
    String currency = given.path("currency").asText();
    if (traces.paid().signum() <= 0 || !traces.currencies().equals(List.of(currency))) {
      throw open(
          "billing.not-paid",
          "billing",
          "The customer was to pay in %s; paid was %s, in %s."
              .formatted(currency, traces.paid().toPlainString(), traces.currencies()));
    }
    return reconciled(traces.paid(), email)
        + "; left behind there: "
        + String.join(", ", traces.left());
  }

  /** The account's first balance was not noted, so a difference is told, and blocks nothing. */
  private String reconciled(BigDecimal paid, String email) {
    String charge = given.path("dryRun").path("charge").asText();
    Optional<BigDecimal> balance = balance(email);
    if (balance.isEmpty()) {
      return "paid " + paid.toPlainString() + "; the platform tells no balance to compare it with";
    }
    BigDecimal used = paid.subtract(balance.get());
    boolean addsUp = used.compareTo(new BigDecimal(charge)) == 0;
    return "paid %s, left %s, so used %s: %s"
        .formatted(
            paid.toPlainString(),
            balance.get().toPlainString(),
            used.toPlainString(),
            addsUp
                ? "they add up"
                : "not the charge of " + charge + ", which the person's statement has to explain");
  }

  private Optional<BigDecimal> balance(String email) {
    try {
      return platform.account(email).flatMap(BillingAccount::balance);
    } catch (SystemTrouble trouble) {
      if (trouble.kind() == Kind.NOT_PERMITTED || trouble.kind() == Kind.NOT_UNDERSTOOD) {
        return Optional.empty();
      }
      throw trouble;
    }
  }

  private Finding onPlatform(String email) {
    return OptionalLook.take(
        "the person's statement",
        () -> {
          BillingAccount account =
              platform
                  .account(email)
                  .orElseThrow(
                      () ->
                          open(
                              "billing.no-account",
                              "platform",
                              "The platform has no account of " + email + ": no order arrived."));
          if (!account.commercial() || account.active()) {
            throw open(
                "billing.test-account-open",
                "platform",
                "The platform's account of "
                    + email
                    + " is "
                    + (account.active() ? "still active" : "no paying one")
                    + ".");
          }
          return new Finding(
              "dry run, on the platform's side",
              platform.against(),
              "account "
                  + account.uid()
                  + " became a paying one and is deactivated; the rest is a person's statement, for"
                  + " "
                  + billing.map(BillingSystem::name).orElse("this billing system")
                  + " documents no way by which Slipway could lead it");
        });
  }

  private static UnmetRequirement open(String code, String system, String message) {
    return new UnmetRequirement(
        code,
        system,
        FIELD + ".dryRun",
        message,
        "Finish the dry run with the customer given at intake, then say so again.");
  }
}
