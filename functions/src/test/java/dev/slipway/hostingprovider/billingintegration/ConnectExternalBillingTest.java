package dev.slipway.hostingprovider.billingintegration;

import static dev.slipway.hostingprovider.Outcomes.done;
import static dev.slipway.hostingprovider.Outcomes.failed;
import static dev.slipway.hostingprovider.Outcomes.waitsFor;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.context.FunctionContext;
import dev.slipway.ledger.Outcome;
import dev.slipway.task.Bench;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ConnectExternalBillingTest {
  private static final String WHMCS =
      """
      {"system":"whmcs","url":"https://billing.a.example","model":"pre-paid","currency":"EUR",
       "products":["1"],"dryRun":{"email":"dry@a.example","product":"1",
       "paymentMethod":"banktransfer","charge":"1.00"}}""";

  private final FakeBilling parties = new FakeBilling();
  private final ConnectExternalBilling task =
      new ConnectExternalBilling(FunctionContext.of(Map.of(), InstantSource.system()), parties);
  private final Bench bench =
      new Bench("billing-integration.connect-external-billing")
          .element("platform", "{\"domain\":\"a.example\"}")
          .element("currency", "{\"code\":\"EUR\"}")
          .element("external-billing", WHMCS)
          .secret("platform", "{\"token\":\"platform-token-0001\"}")
          .secret(
              "billing", "{\"identifier\":\"billing-id-0001\",\"secret\":\"billing-secret-0001\"}");

  private void once() {
    for (String call :
        List.of(
            "AddClient",
            "AddOrder",
            "AcceptOrder",
            "converttocommercial",
            "AddInvoicePayment",
            "chargeaccountbyuid",
            "ModuleSuspend",
            "CloseClient")) {
      assertEquals(1, parties.count(call), call);
    }
  }

  @Test
  void goesThroughATestCustomersLife() {
    waitsFor("connect-billing", bench.attempt(task));
    String evidence = done(bench.answer("connect-billing").attempt(task));
    done(bench.attempt(task));

    once();
    assertTrue(evidence.contains("used 1.00, left 9.00 EUR: they add up"), evidence);
    assertTrue(evidence.contains("customer 7 (closed), order 3, invoice 5"), evidence);
    assertFalse(evidence.contains("billing-secret-0001"));
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
        "converttocommercial",
        "AddInvoicePayment",
        "chargeaccountbyuid",
        "ModuleSuspend",
        "CloseClient"
      })
  void nothingIsMadeTwiceWhenTheAnswerIsLost(String call) {
    parties.loseAnswerOf(call);
    bench.answer("connect-billing").attempt(task);

    done(bench.after(Duration.ofMinutes(3)).attempt(task));

    once();
  }

  @Test
  void waitsBeforeItChargesAgain() {
    // Notes: what the statement is about, create twice, convert once, fund twice, and the charge's
    // intent: dies at its result.
    bench.answer("connect-billing").crashAfterNotes(7).attempt(task);
    parties.balance = parties.balance.add(BigDecimal.ONE);

    Outcome outcome = bench.attempt(task);

    assertTrue(outcome.toString().contains("A charge may be under way"), outcome::toString);
    assertEquals(1, parties.count("chargeaccountbyuid"));
  }

  @Test
  void aBalanceThatFitsNeitherIsReportedAndNotChargedAgain() {
    parties.loseAnswerOf("chargeaccountbyuid");
    bench.answer("connect-billing").attempt(task);
    parties.balance = new BigDecimal("8.50");

    failed(
        "billing.charge-unclear",
        "billing",
        "external-billing.dryRun",
        bench.after(Duration.ofMinutes(3)).attempt(task));
    assertEquals(1, parties.count("chargeaccountbyuid"));
  }

  @Test
  void takesOverNobodysAccount() {
    parties.customer = "dry@a.example";
    bench.answer("connect-billing");

    failed(
        "billing.address-in-use", "billing", "external-billing.dryRun.email", bench.attempt(task));
    assertEquals(0, parties.count("AddOrder"));
  }

  @Test
  void aPersonChargesWithoutPermissionAndTheMachineNeverAfterwards() {
    parties.refused.add("chargeaccountbyuid");
    bench.answer("connect-billing");
    waitsFor("charge-account", bench.attempt(task));

    parties.refused.clear();
    parties.balance = new BigDecimal("9.00");
    done(bench.answer("charge-account").attempt(task));

    assertEquals(new BigDecimal("9.00"), parties.balance);
  }

  @Test
  void namesAnAddressThatIsNotLetIn() {
    parties.refused.add("WhmcsDetails");

    assertTrue(
        failed("billing.not-permitted", "billing", "credential:billing", bench.attempt(task))
            .message()
            .contains("allow-list"));
  }

  @Test
  void namesErrorsInsideSuccessAndPages() {
    parties.instead.put(
        "WhmcsDetails",
        FakeBilling.answer(200, "{\"result\":\"error\",\"message\":\"Authentication Failed\"}"));
    failed("billing.authentication-failed", "billing", "credential:billing", bench.attempt(task));
    parties.instead.put("WhmcsDetails", FakeBilling.answer(200, "<html>maintenance</html>"));
    failed("billing.not-understood", "billing", "external-billing", bench.attempt(task));
    parties.instead.put("WhmcsDetails", FakeBilling.answer(429, ""));
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
    parties.connected = false;

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
    parties.accountStatus = 1;
    assertEquals(
        "billing.test-account-open",
        waitsFor("dry-run", bench.answer("dry-run").attempt(task)).problem().code());
    parties.accountStatus = 2;
    parties.group = "billing";
    String evidence = done(bench.answer("dry-run").attempt(task));

    assertTrue(evidence.contains("became a paying one and is deactivated"), evidence);
    assertEquals(0, parties.count("WhmcsDetails"));
  }

  /** Nobody documents how Stripe reaches a platform: a person leads, and both sides are read. */
  @Test
  void aDryRunInStripeIsAPersonsAndBothSidesAreRead() {
    stripe("customers", "");
    parties.instead.put(
        "balance",
        FakeBilling.answer(
            200,
            "{\"object\":\"balance\",\"livemode\":false,\"available\":[{\"currency\":\"eur\"}]}"));
    bench.element("external-billing", WHMCS.replace("whmcs", "stripe")).answer("connect-billing");
    waitsFor("dry-run", bench.attempt(task));
    parties.accountStatus = 2;
    parties.group = "billing";
    parties.balance = new BigDecimal("9.00");
    assertEquals("billing.no-customer", said());

    stripe("customers", "{\"id\":\"cus_1\"}");
    stripe("subscriptions", "{\"id\":\"sub_1\",\"status\":\"active\"}");
    stripe(
        "invoices", "{\"id\":\"in_1\",\"status\":\"open\",\"amount_paid\":0,\"currency\":\"eur\"}");
    assertEquals("billing.test-account-open", said());
    stripe("subscriptions", "{\"id\":\"sub_1\",\"status\":\"canceled\"}");
    assertEquals("billing.not-paid", said());
    String paid = "{\"id\":\"in_1\",\"status\":\"paid\",\"amount_paid\":1000,\"currency\":\"%s\"}";
    stripe("invoices", paid.formatted("usd"));
    assertEquals("billing.not-paid", said());
    stripe("invoices", paid.formatted("eur"));
    String evidence = done(bench.answer("dry-run").attempt(task));

    assertTrue(evidence.contains("paid 10.00, left 9.00, so used 1.00: they add up"), evidence);
    assertTrue(
        evidence.contains("customer cus_1, subscription sub_1 (canceled), invoice in_1 (paid"),
        evidence);
    assertFalse(evidence.contains("billing-secret-0001"));
    parties.balance = new BigDecimal("14.00");
    String other = done(bench.verify(task));
    assertTrue(other.contains("so used -4.00: not the charge of 1.00"), other);
  }

  private void stripe(String list, String item) {
    parties.instead.put(
        list,
        FakeBilling.answer(
            200, "{\"object\":\"list\",\"has_more\":false,\"data\":[" + item + "]}"));
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
    assertEquals(0, parties.count("AddClient"));
  }
}
