package dev.slipway.hostingprovider.billingintegration;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.context.FunctionContext;
import dev.slipway.hostingprovider.Network;
import dev.slipway.hostingprovider.ThirdParties;
import dev.slipway.systems.CredentialInput;
import dev.slipway.systems.billing.BillingSystem;
import dev.slipway.systems.billing.BillingSystems;
import dev.slipway.systems.billing.TestCustomers;
import dev.slipway.systems.net.SystemTrouble;
import dev.slipway.systems.net.SystemTrouble.Kind;
import dev.slipway.systems.platform.PlatformBilling;
import dev.slipway.systems.platform.PlatformMethod;
import dev.slipway.task.Finding;
import dev.slipway.task.OptionalLook;
import dev.slipway.task.TaskFunction;
import dev.slipway.task.UnmetRequirement;
import dev.slipway.task.Work;
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
    dryRun(work, billing).ifPresentOrElse(DryRun::perform, byPerson(work, billing)::take);
  }

  @Override
  protected void verify(Work work) {
    Optional<BillingSystem> billing = system(work);
    work.proof(FIELD, () -> checked(work, billing));
    work.proof(FIELD, () -> connected(work));
    dryRun(work, billing).ifPresentOrElse(DryRun::verify, byPerson(work, billing)::take);
  }

  private Optional<BillingSystem> system(Work work) {
    if (!BillingSystems.spokenTo(work.element(FIELD).path("system").asText())) {
      return Optional.empty();
    }
    return BillingSystems.of(
        parties.http(), new CredentialInput("billing", work.secret("billing"), work.elements()));
  }

  private DryRunByPerson byPerson(Work work, Optional<BillingSystem> billing) {
    return new DryRunByPerson(work, billing, parties.platformBilling(work));
  }

  private Optional<DryRun> dryRun(Work work, Optional<BillingSystem> billing) {
    JsonNode element = work.element(FIELD);
    Optional<TestCustomers> customers = billing.flatMap(BillingSystem::testCustomers);
    // Post-paid accounts are billed by jobs of the platform, at times that no machine here sets.
    return element.has("dryRun") && element.path("model").asText().equals("pre-paid")
        ? customers.map(c -> new DryRun(work, c, parties.platformBilling(work)))
        : Optional.empty();
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

  private static UnmetRequirement otherCurrency(String what) {
    return new UnmetRequirement(
        "billing.other-currency",
        "billing",
        "external-billing.currency",
        what + ".",
        "Let both reckon in one currency, or amounts are booked as if they were the same.");
  }

  private static void onSale(TestCustomers customers, String product) {
    if (!customers.hasProduct(product)) {
      throw new UnmetRequirement(
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
                ? trouble.as(Kind.NOT_UNDERSTOOD, trouble.getMessage())
                : trouble;
          }
          if (listed.isEmpty()) {
            throw new UnmetRequirement(
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
