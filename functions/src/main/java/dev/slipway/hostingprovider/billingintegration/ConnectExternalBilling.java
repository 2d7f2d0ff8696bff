package dev.slipway.hostingprovider.billingintegration;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.context.FunctionContext;
import dev.slipway.hostingprovider.Network;
import dev.slipway.hostingprovider.ThirdParties;
import dev.slipway.systems.Given;
import dev.slipway.systems.billing.BillingSystem;
import dev.slipway.systems.billing.BillingSystems;
import dev.slipway.systems.billing.TestCustomers;
import dev.slipway.systems.net.SystemTrouble;
import dev.slipway.systems.net.SystemTrouble.Kind;
import dev.slipway.systems.platform.BillingAccount;
import dev.slipway.systems.platform.PlatformBilling;
import dev.slipway.systems.platform.PlatformMethod;
import dev.slipway.task.About;
import dev.slipway.task.Finding;
import dev.slipway.task.OptionalLook;
import dev.slipway.task.TaskFunction;
import dev.slipway.task.Unmet;
import dev.slipway.task.Work;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * V13: the platform tracks, an external system bills. The account there is tried, the systems are
 * connected by a person, and a dry run begins in the external system: a machine leads it where the
 * system's API is documented, a person otherwise.
 */
public final class ConnectExternalBilling extends TaskFunction {
  private static final String FIELD = "external-billing";
  private static final String DRY_RUN = "dry-run";

  private final ThirdParties parties;

  /** For Lambda. */
  public ConnectExternalBilling() {
    this(FunctionContext.lambda());
  }

  public ConnectExternalBilling(FunctionContext context) {
    this(context, new Network(context.egress()));
  }

  ConnectExternalBilling(FunctionContext context, ThirdParties parties) {
    super(context);
    this.parties = parties;
  }

  @Override
  protected void perform(Work work) {
    Optional<BillingSystem> billing = system(work);
    work.step("check-billing").field(FIELD).machine(() -> checked(work, billing));
    work.step("connect-billing")
        .about("platform.domain", FIELD + ".system", FIELD + ".url")
        .field(FIELD)
        .person(() -> connected(work));
    dryRun(work, billing).ifPresentOrElse(DryRun::perform, () -> byPerson(work, billing));
  }

  @Override
  protected void verify(Work work) {
    Optional<BillingSystem> billing = system(work);
    work.proof(FIELD, () -> checked(work, billing));
    work.proof(FIELD, () -> connected(work));
    dryRun(work, billing).ifPresentOrElse(DryRun::verify, () -> byPerson(work, billing));
  }

  private Optional<BillingSystem> system(Work work) {
    if (!BillingSystems.spokenTo(work.element(FIELD).path("system").asText())) {
      return Optional.empty();
    }
    return BillingSystems.of(
        parties.http(), new Given("billing", work.secret("billing"), work.elements()));
  }

  private Optional<DryRun> dryRun(Work work, Optional<BillingSystem> billing) {
    JsonNode element = work.element(FIELD);
    Optional<TestCustomers> customers = billing.flatMap(BillingSystem::testCustomers);
    // Post-paid accounts are billed by jobs of the platform, at times that no machine here sets.
    return element.has("dryRun") && element.path("model").asText().equals("pre-paid")
        ? customers.map(c -> new DryRun(work, c, parties.platformBilling(work)))
        : Optional.empty();
  }

  /** A person leads the dry run; what the platform shows of it is looked at. */
  private void byPerson(Work work, Optional<BillingSystem> billing) {
    String email = work.element(FIELD).path("dryRun").path("email").asText();
    About about = work.about("platform.domain", FIELD);
    if (email.isEmpty()) {
      work.step(DRY_RUN).about(about).attested();
    } else {
      work.step(DRY_RUN).about(about).field(FIELD).person(() -> over(work, billing, email));
    }
  }

  /** Both sides, as far as each can be read. */
  private Finding over(Work work, Optional<BillingSystem> billing, String email) {
    Optional<BillingSystem.Traces> traces = billing.flatMap(system -> system.traces(email));
    Finding onPlatform = onPlatform(work, billing, email);
    if (traces.isEmpty()) {
      return onPlatform;
    }
    BillingSystem.Traces left = traces.get();
    return new Finding(
        onPlatform.probe() + "; " + left.probe(),
        onPlatform.against() + ", " + left.against(),
        onPlatform.answer() + "; " + billed(work, left, email));
  }

  /** What the person's test customer paid in the billing system, against the platform's balance. */
  private String billed(Work work, BillingSystem.Traces traces, String email) {
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
    String currency = work.element(FIELD).path("currency").asText();
    if (traces.paid().signum() <= 0 || !traces.currencies().equals(List.of(currency))) {
      throw open(
          "billing.not-paid",
          "billing",
          "The customer was to pay in %s; paid was %s, in %s."
              .formatted(currency, traces.paid().toPlainString(), traces.currencies()));
    }
    return reconciled(work, traces.paid(), email)
        + "; left behind there: "
        + String.join(", ", traces.left());
  }

  /** What the account began with nobody noted, so a difference is told, and blocks nothing. */
  private String reconciled(Work work, BigDecimal paid, String email) {
    PlatformBilling platform = parties.platformBilling(work);
    String charge = work.element(FIELD).path("dryRun").path("charge").asText();
    Optional<BigDecimal> balance = balance(platform, email);
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

  private static Optional<BigDecimal> balance(PlatformBilling platform, String email) {
    try {
      return platform.account(email).flatMap(BillingAccount::balance);
    } catch (SystemTrouble trouble) {
      if (trouble.kind() == Kind.NOT_PERMITTED || trouble.kind() == Kind.NOT_UNDERSTOOD) {
        return Optional.empty();
      }
      throw trouble;
    }
  }

  private Finding onPlatform(Work work, Optional<BillingSystem> billing, String email) {
    PlatformBilling platform = parties.platformBilling(work);
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
                  + " became a paying one and is deactivated; the rest is a person's statement, for "
                  + billing.map(BillingSystem::name).orElse("this billing system")
                  + " documents no way by which Slipway could lead it");
        });
  }

  private static Unmet open(String code, String system, String message) {
    return new Unmet(
        code,
        system,
        FIELD + ".dryRun",
        message,
        "Finish the dry run with the customer given at intake, then say so again.");
  }

  private static Finding checked(Work work, Optional<BillingSystem> billing) {
    JsonNode element = work.element(FIELD);
    String currency = element.path("currency").asText();
    String main = work.element("currency").path("code").asText();
    if (!currency.equals(main)) {
      throw otherCurrency("The external system bills in " + currency + ", the platform in " + main);
    }
    if (billing.isEmpty()) {
      return new Finding(
          "currency rule",
          element.path("system").asText(),
          "bills in " + currency + ", as the platform; no public API is known: a person attests");
    }
    BillingSystem.Contact contact = billing.get().contact();
    if (!contact.currencies().isEmpty() && !contact.currencies().contains(currency)) {
      throw otherCurrency(
          billing.get().name() + " knows the currencies " + contact.currencies() + ", not " + main);
    }
    billing
        .get()
        .testCustomers()
        .ifPresent(
            customers ->
                element.path("products").forEach(product -> onSale(customers, product.asText())));
    return new Finding(contact.probe(), contact.against(), contact.answer());
  }

  private static Unmet otherCurrency(String what) {
    return new Unmet(
        "billing.other-currency",
        "billing",
        "external-billing.currency",
        what + ".",
        "Let both reckon in one currency, or amounts are booked as if they were the same.");
  }

  private static void onSale(TestCustomers customers, String product) {
    if (!customers.hasProduct(product)) {
      throw new Unmet(
          "billing.no-product",
          "billing",
          "external-billing.products",
          "The billing system has no product " + product + ".",
          "Create it there, or correct the element.");
    }
  }

  private Finding connected(Work work) {
    PlatformBilling platform = parties.platformBilling(work);
    String system = work.element(FIELD).path("system").asText();
    return OptionalLook.take(
        "the dry run",
        () -> {
          List<String> listed;
          try {
            listed = platform.externalSystems();
          } catch (SystemTrouble trouble) {
            throw trouble.kind() == Kind.NOT_FOUND
                ? new SystemTrouble(
                    trouble.system(),
                    Kind.NOT_UNDERSTOOD,
                    trouble.getMessage(),
                    trouble.asked(),
                    trouble.against(),
                    trouble.answered())
                : trouble;
          }
          if (listed.isEmpty()) {
            throw new Unmet(
                "billing.not-connected",
                "platform",
                FIELD,
                "The platform lists no external billing system.",
                "Set up the connector in the admin panel, then say so again.");
          }
          boolean named =
              listed.stream().anyMatch(name -> name.toLowerCase(Locale.ROOT).contains(system));
          return new Finding(
              PlatformMethod.GET_EXTERN_BILLING_SYSTEMS.permission(),
              platform.against(),
              "connected: " + String.join(", ", listed) + (named ? "" : "; none named " + system));
        });
  }
}
