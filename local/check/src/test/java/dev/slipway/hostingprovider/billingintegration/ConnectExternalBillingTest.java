package dev.slipway.hostingprovider.billingintegration;

import static dev.slipway.hostingprovider.Outcomes.done;
import static dev.slipway.hostingprovider.Outcomes.failed;
import static dev.slipway.hostingprovider.Outcomes.waitsFor;
import static dev.slipway.local.sandbox.world.SandboxDefaults.BILLING_IDENTIFIER;
import static dev.slipway.local.sandbox.world.SandboxDefaults.BILLING_SECRET;
import static dev.slipway.local.sandbox.world.SandboxDefaults.PLATFORM_DOMAIN;
import static dev.slipway.local.sandbox.world.SandboxDefaults.PLATFORM_TOKEN;
import static dev.slipway.local.sandbox.world.SandboxDefaults.STRIPE_KEY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.ledger.Outcome;
import dev.slipway.local.check.RunningSandbox;
import dev.slipway.local.sandbox.SandboxControl;
import dev.slipway.local.sandbox.world.Fault;
import dev.slipway.task.Bench;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** V13 against the stand-ins of the platform, WHMCS and Stripe. */
final class ConnectExternalBillingTest {
  private static final String WHMCS =
      """
      {"system":"whmcs","url":"https://billing.hoster.example","model":"pre-paid","currency":"EUR",
       "products":["1"],"dryRun":{"email":"dry@a.example","product":"1",
       "paymentMethod":"banktransfer","charge":"1.00"}}""";

  private static final String CONVERT = "billing.account.ConvertToCommercial";
  private static final String CHARGE = "billing.account.ChargeAccountByUid";

  @RegisterExtension static final RunningSandbox SANDBOX = new RunningSandbox();

  private final SandboxControl control = SANDBOX.control();
  private final ConnectExternalBilling task =
      new ConnectExternalBilling(SANDBOX.context(), SANDBOX.parties());
  private final Bench bench =
      new Bench("billing-integration.connect-external-billing")
          .element("platform", "{\"domain\":\"%s\"}".formatted(PLATFORM_DOMAIN))
          .element("currency", "{\"code\":\"EUR\"}")
          .element("external-billing", WHMCS)
          .secret("platform", "{\"token\":\"%s\"}".formatted(PLATFORM_TOKEN))
          .secret("billing", login(BILLING_SECRET));

  private static String login(String secret) {
    return "{\"identifier\":\"%s\",\"secret\":\"%s\"}".formatted(BILLING_IDENTIFIER, secret);
  }

  @BeforeEach
  void connect() {
    control.act("connect-billing", Map.of());
  }

  private static String system(String call) {
    return call.startsWith("billing.") ? "platform" : "whmcs";
  }

  private void once() {
    for (String call :
        List.of(
            "AddClient",
            "AddOrder",
            "AcceptOrder",
            CONVERT,
            "AddInvoicePayment",
            CHARGE,
            "ModuleSuspend",
            "CloseClient")) {
      assertEquals(1, control.count(system(call), call), call);
    }
  }

  /** What the platform knows of the dry run's account, and what becomes of it. */
  private void account(String state) {
    control.patchWorld(
        "{\"platform\":{\"billingAccounts\":{\"dry@a.example\":%s}}}".formatted(state));
  }

  private String balance() {
    return control.world().at("/platform/billingAccounts/dry@a.example/balance").asText();
  }

  @Test
  void goesThroughATestCustomersLife() {
    waitsFor("connect-billing", bench.attempt(task));
    String evidence = done(bench.answer("connect-billing").attempt(task));
    done(bench.attempt(task));

    once();
    assertTrue(evidence.contains("used 1.00, left 9.00 EUR: they add up"), evidence);
    assertTrue(evidence.contains("customer 1 (closed), order 3, invoice 2"), evidence);
    assertFalse(evidence.contains(BILLING_SECRET));
    done(bench.verify(task));
    once();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void nothingIsMadeTwiceAfterACrash(int notes) {
    bench.answer("connect-billing").crashAfterNotes(notes).attempt(task);

    done(bench.after(Duration.ofMinutes(3)).attempt(task));

    once();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "AddClient",
        "AddOrder",
        "AcceptOrder",
        CONVERT,
        "AddInvoicePayment",
        CHARGE,
        "ModuleSuspend",
        "CloseClient"
      })
  void nothingIsMadeTwiceWhenTheAnswerIsLost(String call) {
    SANDBOX.loseAnswerOf(system(call), call);
    bench.answer("connect-billing").attempt(task);

    done(bench.after(Duration.ofMinutes(3)).attempt(task));

    once();
  }

  @Test
  void waitsBeforeItChargesAgain() {
    // Notes: what the statement is about, create twice, convert once, fund twice, and the charge's
    // intent: dies at its result.
    bench.answer("connect-billing").crashAfterNotes(7).attempt(task);
    assertEquals("9.00", balance());
    account("{\"balance\":\"10.00\"}");

    Outcome outcome = bench.attempt(task);

    assertTrue(outcome.toString().contains("A charge may be under way"), outcome::toString);
    assertEquals(1, control.count("platform", CHARGE));
  }

  @Test
  void aBalanceThatFitsNeitherIsReportedAndNotChargedAgain() {
    SANDBOX.loseAnswerOf("platform", CHARGE);
    bench.answer("connect-billing").attempt(task);
    account("{\"balance\":\"8.50\"}");

    failed(
        "billing.charge-unclear",
        "billing",
        "external-billing.dryRun",
        bench.after(Duration.ofMinutes(3)).attempt(task));
    assertEquals(1, control.count("platform", CHARGE));
  }

  @Test
  void takesOverNobodysAccount() {
    control.patchWorld(
        "{\"whmcs\":{\"clients\":[{\"id\":7,\"email\":\"dry@a.example\",\"status\":\"Active\"}]}}");
    bench.answer("connect-billing");

    failed(
        "billing.address-in-use", "billing", "external-billing.dryRun.email", bench.attempt(task));
    assertEquals(0, control.count("whmcs", "AddOrder"));
  }

  @Test
  void aPersonChargesWithoutPermissionAndTheMachineNeverAfterwards() {
    SANDBOX.deny(PLATFORM_TOKEN, CHARGE);
    bench.answer("connect-billing");
    waitsFor("charge-account", bench.attempt(task));

    SANDBOX.deny(PLATFORM_TOKEN);
    account("{\"balance\":\"9.00\"}");
    done(bench.answer("charge-account").attempt(task));

    assertEquals("9.00", balance());
  }

  @Test
  void namesAnAddressThatIsNotLetIn() {
    control.patchWorld("{\"whmcs\":{\"refusedIp\":\"198.51.100.1\"}}");

    assertTrue(
        failed("billing.not-permitted", "billing", "credential:billing", bench.attempt(task))
            .message()
            .contains("allow-list"));
  }

  @Test
  void namesErrorsInsideSuccessAndPages() {
    control.fault(
        Fault.of("whmcs", "WhmcsDetails", 1, Fault.Kind.OK_WITH_ERROR)
            .withMessage("Authentication Failed"));
    failed("billing.authentication-failed", "billing", "credential:billing", bench.attempt(task));
    control.fault(Fault.of("whmcs", "WhmcsDetails", 1, Fault.Kind.HTML));
    failed("billing.not-understood", "billing", "external-billing", bench.attempt(task));
    control.fault(Fault.of("whmcs", "WhmcsDetails", 1, Fault.Kind.STATUS_429));
    failed("billing.rate-limited", "billing", "external-billing", bench.attempt(task));
  }

  @Test
  void namesAnotherCurrencyAndAMissingProduct() {
    bench.element("currency", "{\"code\":\"USD\"}");
    failed("billing.other-currency", "billing", "external-billing.currency", bench.attempt(task));

    bench.element("currency", "{\"code\":\"EUR\"}");
    bench.element("external-billing", WHMCS.replace("[\"1\"]", "[\"2\"]"));
    failed("billing.no-product", "billing", "external-billing.products", bench.attempt(task));
  }

  @Test
  void asksAgainWhileNothingIsConnected() {
    control.patchWorld("{\"platform\":{\"externBilling\":[]}}");

    Outcome.Waiting again =
        waitsFor("connect-billing", bench.answer("connect-billing").attempt(task));
    assertEquals("billing.not-connected", again.problem().code());
  }

  @ParameterizedTest
  @ValueSource(strings = {"pba", "cleverbridge", "custom"})
  void aSystemWithoutAKnownApiIsAPersons(String system) {
    bench.element("external-billing", WHMCS.replace("whmcs", system)).answer("connect-billing");

    waitsFor("dry-run", bench.attempt(task));
    assertEquals(
        "billing.no-account",
        waitsFor("dry-run", bench.answer("dry-run").attempt(task)).problem().code());
    account("{\"uid\":101,\"groupType\":\"trial\",\"status\":1,\"balance\":\"0.00\"}");
    assertEquals(
        "billing.test-account-open",
        waitsFor("dry-run", bench.answer("dry-run").attempt(task)).problem().code());
    account("{\"status\":2,\"groupType\":\"billing\"}");
    String evidence = done(bench.answer("dry-run").attempt(task));

    assertTrue(evidence.contains("became a paying one and is deactivated"), evidence);
    assertEquals(0, control.count("whmcs", "WhmcsDetails"));
  }

  /** Nobody documents how Stripe reaches a platform: a person leads, and both sides are read. */
  @Test
  void aDryRunInStripeIsAPersonsAndBothSidesAreRead() {
    bench.secret("billing", login(STRIPE_KEY));
    bench.element("external-billing", WHMCS.replace("whmcs", "stripe")).answer("connect-billing");
    waitsFor("dry-run", bench.attempt(task));
    account("{\"uid\":101,\"groupType\":\"billing\",\"status\":2,\"balance\":\"9.00\"}");
    assertEquals("billing.no-customer", said());

    stripe("customers", "{\"id\":\"cus_1\",\"email\":\"dry@a.example\"}");
    stripe("subscriptions", "{\"id\":\"sub_1\",\"customer\":\"cus_1\",\"status\":\"active\"}");
    stripe(
        "invoices",
        "{\"id\":\"in_1\",\"customer\":\"cus_1\",\"status\":\"open\",\"amount_paid\":0,"
            + "\"currency\":\"eur\"}");
    assertEquals("billing.test-account-open", said());
    stripe("subscriptions", "{\"id\":\"sub_1\",\"customer\":\"cus_1\",\"status\":\"canceled\"}");
    assertEquals("billing.not-paid", said());
    String paid =
        "{\"id\":\"in_1\",\"customer\":\"cus_1\",\"status\":\"paid\",\"amount_paid\":1000,"
            + "\"currency\":\"%s\"}";
    stripe("invoices", paid.formatted("usd"));
    assertEquals("billing.not-paid", said());
    stripe("invoices", paid.formatted("eur"));
    String evidence = done(bench.answer("dry-run").attempt(task));

    assertTrue(evidence.contains("paid 10.00, left 9, so used 1.00: they add up"), evidence);
    assertTrue(
        evidence.contains("customer cus_1, subscription sub_1 (canceled), invoice in_1 (paid"),
        evidence);
    assertFalse(evidence.contains(STRIPE_KEY));
    account("{\"balance\":\"14.00\"}");
    String other = done(bench.verify(task));
    assertTrue(other.contains("so used -4.00: not the charge of 1.00"), other);
  }

  private void stripe(String list, String item) {
    control.patchWorld("{\"stripe\":{\"%s\":[%s]}}".formatted(list, item));
  }

  private String said() {
    return waitsFor("dry-run", bench.answer("dry-run").attempt(task)).problem().code();
  }

  @Test
  void withoutATestCustomerADryRunIsStated() {
    bench
        .element(
            "external-billing",
            "{\"system\":\"custom\",\"url\":\"https://billing.a.example\",\"model\":\"pre-paid\","
                + "\"currency\":\"EUR\"}")
        .answer("connect-billing");

    waitsFor("dry-run", bench.attempt(task));
    done(bench.answer("dry-run").attempt(task));
  }

  @Test
  void aPostPaidDryRunIsAPersons() {
    bench.element("external-billing", WHMCS.replace("pre-paid", "post-paid"));

    waitsFor("dry-run", bench.answer("connect-billing").attempt(task));
    assertEquals(0, control.count("whmcs", "AddClient"));
  }
}
