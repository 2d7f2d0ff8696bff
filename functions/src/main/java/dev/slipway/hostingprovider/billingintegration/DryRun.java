package dev.slipway.hostingprovider.billingintegration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.slipway.json.Json;
import dev.slipway.ledger.Note;
import dev.slipway.systems.UnusedPassword;
import dev.slipway.systems.billing.TestCustomers;
import dev.slipway.systems.billing.TestCustomers.Invoice;
import dev.slipway.systems.billing.TestCustomers.Order;
import dev.slipway.systems.billing.TestCustomers.Service;
import dev.slipway.systems.net.SystemTrouble;
import dev.slipway.systems.net.SystemTrouble.Kind;
import dev.slipway.systems.platform.BillingAccount;
import dev.slipway.systems.platform.PlatformBilling;
import dev.slipway.task.About;
import dev.slipway.task.Finding;
import dev.slipway.task.PersonStep;
import dev.slipway.task.UnmetRequirement;
import dev.slipway.task.Work;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A test customer's life, begun in the billing system: created, converted, funded, charged,
 * suspended, and deactivated at the end, for neither side deletes. Everything is looked up by its
 * natural key before it is made; before what has none, the charge, the intent and the balance are
 * noted, so that a later attempt sees by the balance whether it was made. Slipway's amounts are few
 * and known, so usage and invoice can be reconciled to the cent.
 */
final class DryRun {
  private static final String FIELD = "external-billing.dryRun";

  /** The time that a connector may take to carry a change over to the platform. */
  private static final Duration CARRIED = Duration.ofMinutes(15);

  /** For so long a charge may take until the balance shows it. */
  private static final Duration BOOKED = Duration.ofMinutes(2);

  private static final DateTimeFormatter AT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

  private final Work work;
  private final TestCustomers billing;
  private final PlatformBilling platform;
  private final String email;
  private final JsonNode given;
  private final About about;
  private final String hash;

  DryRun(Work work, TestCustomers billing, PlatformBilling platform) {
    this.work = work;
    this.billing = billing;
    this.platform = platform;
    this.given = work.element("external-billing").path("dryRun");
    this.email = given.path("email").asText();
    this.about =
        work.about(
            "platform.domain",
            "external-billing.system",
            "external-billing.url",
            "external-billing.currency",
            FIELD);
    this.hash = about.and("onboarding", work.onboarding()).hash().substring(0, 12);
  }

  /** Goes through it, from where an earlier attempt came to. */
  void perform() {
    step("create-account", this::created);
    step("convert-account", this::converted);
    step("fund-account", this::funded);
    step("charge-account", this::charged);
    step("reconcile-invoice", this::reconciled);
    step("suspend-account", this::suspended);
    step("deactivate-account", this::deactivated);
  }

  /** Looks whether it was gone through, and whether the account is still deactivated. */
  void verify() {
    work.proof(FIELD, this::over);
  }

  private void step(String step, Supplier<String> act) {
    PersonStep taken = work.step(step).about(about).field(FIELD);
    if (taken.statement().isPresent()) {
      // A machine does not repeat a step that a person did, even if it may do it by now.
      taken.attested();
      return;
    }
    taken.machine(() -> found(step, act)).orAttested();
  }

  private Finding found(String step, Supplier<String> act) {
    return new Finding(
        "dry run: " + step,
        "billing, platform",
        done(step).orElseGet(() -> remember(step, act.get())));
  }

  private String created() {
    JsonNode intent = intent("create", () -> unused());
    if (billing.customer(email).isEmpty()) {
      billing.addCustomer(email, currency(), UnusedPassword.make());
    }
    String customer = customer();
    if (billing.order(customer).isEmpty()) {
      billing.addOrder(
          customer, given.path("product").asText(), given.path("paymentMethod").asText());
    }
    Order order = order(customer);
    if (order.pending()) {
      billing.acceptOrder(order.id());
    }
    BillingAccount account =
        platform
            .account(email)
            .orElseThrow(
                () ->
                    late(
                        intent,
                        "billing.account-not-made",
                        "The order " + order.id() + " brought no account on the platform."));
    return "customer "
        + customer
        + " and order "
        + order.id()
        + " in the billing system, account "
        + account.uid()
        + " on the platform";
  }

  /** Nothing of anybody else's is taken over. */
  private JsonNode unused() {
    if (billing.customer(email).isPresent() || platform.account(email).isPresent()) {
      throw new UnmetRequirement(
          "billing.address-in-use",
          "billing",
          FIELD + ".email",
          "There is a customer with the address " + email + " already.",
          "Give an address for the dry run that no customer has.");
    }
    return Json.tree(Map.of("at", work.now().toString()));
  }

  private String converted() {
    BillingAccount account = account();
    if (!account.commercial()) {
      platform.convertToCommercial(account.uid(), email);
      account = account();
    }
    if (!account.commercial()) {
      throw new UnmetRequirement(
          "billing.not-converted",
          "platform",
          FIELD,
          "The account stays in a group of the type " + account.groupType() + ".",
          "Check the conversion group of the trial group; then retry.");
    }
    return "the account is in a group of the type " + account.groupType();
  }

  private String funded() {
    Order order = order(customer());
    String invoice =
        order
            .invoice()
            .orElseThrow(() -> unmet("billing.no-invoice", "The order brought no invoice."));
    Invoice demanded = billing.invoice(invoice);
    if (demanded.total().signum() <= 0) {
      throw unmet("billing.nothing-to-pay", "The invoice " + invoice + " demands nothing.");
    }
    JsonNode intent = intent("fund", () -> balanceNow());
    if (!billing.hasPayment(invoice, transaction())) {
      billing.pay(
          invoice, transaction(), given.path("paymentMethod").asText(), AT.format(work.now()));
    }
    if (!billing.invoice(invoice).paid()) {
      throw unmet("billing.not-paid", "The payment does not settle the invoice " + invoice + ".");
    }
    BigDecimal expected = before(intent).add(demanded.total());
    if (balance().compareTo(expected) != 0) {
      throw late(
          intent,
          "billing.not-funded",
          "The platform's balance is "
              + balance().toPlainString()
              + ", not "
              + expected.toPlainString()
              + " as after the payment.");
    }
    return "invoice "
        + invoice
        + " of "
        + demanded.total().toPlainString()
        + " paid, the platform's balance is "
        + expected.toPlainString();
  }

  private String charged() {
    boolean begun = work.remembered(Note.Kind.INTENT, name("charge")).isPresent();
    JsonNode intent = intent("charge", () -> balanceNow());
    BigDecimal before = before(intent);
    BigDecimal after = before.subtract(amount());
    BigDecimal now = balance();
    if (now.compareTo(before) == 0) {
      if (begun) {
        work.waitUntil(
            at(intent).plus(BOOKED), "A charge may be under way: the balance is looked at again.");
      }
      platform.charge(account().uid(), amount(), "Dry run of the onboarding " + hash);
      now = balance();
    }
    if (now.compareTo(after) != 0) {
      throw unmet(
          "billing.charge-unclear",
          "The platform's balance is "
              + now.toPlainString()
              + ", not "
              + after.toPlainString()
              + " as after one charge of "
              + amount().toPlainString()
              + "; it is not charged again.");
    }
    return amount().toPlainString() + " charged, the balance is " + after.toPlainString();
  }

  private String reconciled() {
    Order order = order(customer());
    Invoice invoice = billing.invoice(order.invoice().orElseThrow());
    BigDecimal start =
        before(work.remembered(Note.Kind.INTENT, name("fund")).orElseThrow(this::nothingNoted));
    BigDecimal used = start.add(invoice.total()).subtract(balance());
    if (!invoice.paid() || used.compareTo(amount()) != 0) {
      throw unmet(
          "billing.not-reconciled",
          "The invoice is of "
              + invoice.total().toPlainString()
              + ", the balance is "
              + balance().toPlainString()
              + ": that makes a usage of "
              + used.toPlainString()
              + ", not "
              + amount().toPlainString()
              + ".");
    }
    return "invoiced and paid "
        + invoice.total().toPlainString()
        + ", used "
        + used.toPlainString()
        + ", left "
        + balance().toPlainString()
        + " "
        + currency()
        + ": they add up";
  }

  private String suspended() {
    Service service =
        billing
            .service(customer())
            .orElseThrow(() -> unmet("billing.no-service", "The order brought no service."));
    JsonNode intent = intent("suspend", () -> Json.tree(Map.of("at", work.now().toString())));
    if (!service.status().equals("Suspended")) {
      billing.suspend(service.id());
    }
    if (account().active()) {
      throw late(
          intent,
          "billing.not-suspended",
          "The service is suspended in the billing system, and active on the platform.");
    }
    return "service " + service.id() + " suspended, and with it the platform's account";
  }

  private String deactivated() {
    String customer = customer();
    Order order = order(customer);
    if (!billing.isClosed(email)) {
      billing.close(customer);
    }
    Optional<BillingAccount> account = platform.account(email);
    account
        .filter(BillingAccount::active)
        .ifPresent(a -> platform.setStatus(a.uid(), BillingAccount.DEACTIVATED));
    return "left behind, for neither system deletes: customer "
        + customer
        + " (closed), order "
        + order.id()
        + order.invoice().map(id -> ", invoice " + id).orElse("")
        + ", payment "
        + transaction()
        + "; on the platform "
        + account.map(a -> "account " + a.uid() + " (deactivated)").orElse("nothing");
  }

  private Finding over() {
    boolean closed = billing.isClosed(email);
    boolean active = platform.account(email).map(BillingAccount::active).orElse(false);
    if (!closed || active) {
      throw unmet("billing.test-account-open", "The test account " + email + " is still open.");
    }
    return new Finding(
        "dry run: what is left",
        "billing, platform",
        done("deactivate-account").orElse("deactivated by a person")
            + "; looked at again: closed and not active");
  }

  private String customer() {
    return billing
        .customer(email)
        .orElseThrow(() -> unmet("billing.no-customer", "The customer " + email + " is missing."));
  }

  private Order order(String customer) {
    return billing
        .order(customer)
        .orElseThrow(() -> unmet("billing.no-order", "The customer's order is missing."));
  }

  private BillingAccount account() {
    return platform
        .account(email)
        .orElseThrow(
            () -> unmet("billing.no-account", "The platform has no account of " + email + "."));
  }

  private BigDecimal balance() {
    BigDecimal balance = account().balance().orElseThrow(this::nothingNoted);
    // JSON leaves zeros at the end out.
    return balance.scale() < 2 ? balance.setScale(2) : balance;
  }

  /** Without a balance nobody could tell whether money was moved once or twice. */
  private SystemTrouble nothingNoted() {
    return new SystemTrouble(
        "platform",
        Kind.NOT_PERMITTED,
        "The platform does not report the balance, so that a person has to move the money.",
        "billing.account.GetAccounts",
        platform.against(),
        "");
  }

  private JsonNode balanceNow() {
    return Json.tree(Map.of("at", work.now().toString(), "before", balance().toPlainString()));
  }

  private static BigDecimal before(JsonNode intent) {
    return new BigDecimal(intent.path("before").asText());
  }

  private static Instant at(JsonNode intent) {
    return Instant.parse(intent.path("at").asText());
  }

  private BigDecimal amount() {
    return new BigDecimal(given.path("charge").asText());
  }

  private String currency() {
    return work.element("external-billing").path("currency").asText();
  }

  private String transaction() {
    return "slipway-" + hash;
  }

  private JsonNode intent(String what, Supplier<JsonNode> value) {
    return work.remembered(Note.Kind.INTENT, name(what))
        .orElseGet(() -> work.remember(Note.Kind.INTENT, name(what), value.get()));
  }

  private Optional<String> done(String step) {
    return work.remembered(Note.Kind.RESOURCE, name(step)).map(JsonNode::asText);
  }

  private String remember(String step, String saw) {
    return work.remember(Note.Kind.RESOURCE, name(step), new TextNode(saw)).asText();
  }

  private String name(String what) {
    return what + ":" + hash;
  }

  /** Connectors take their time: a complaint only when it is over. */
  private UnmetRequirement late(JsonNode intent, String code, String message) {
    work.waitUntil(at(intent).plus(CARRIED), "The connector may need a while: " + message);
    return unmet(code, message);
  }

  private static UnmetRequirement unmet(String code, String message) {
    return new UnmetRequirement(
        code,
        "billing",
        FIELD,
        message,
        "Look into the connector's log and the test account in both systems; then retry.");
  }
}
