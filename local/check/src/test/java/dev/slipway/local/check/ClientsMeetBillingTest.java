package dev.slipway.local.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.credentials.Grade;
import dev.slipway.local.sandbox.SandboxControl;
import dev.slipway.local.sandbox.world.Fault;
import dev.slipway.local.sandbox.world.Json;
import dev.slipway.local.sandbox.world.SandboxDefaults;
import dev.slipway.systems.billing.BillingCredentialTest;
import dev.slipway.systems.billing.BillingSystem;
import dev.slipway.systems.billing.HostBill;
import dev.slipway.systems.billing.Stripe;
import dev.slipway.systems.billing.Whmcs;
import dev.slipway.systems.net.Egress;
import dev.slipway.systems.net.SystemTrouble;
import dev.slipway.systems.net.SystemTrouble.Kind;
import dev.slipway.systems.platform.BillingAccount;
import dev.slipway.systems.platform.CustomerClient;
import dev.slipway.systems.platform.PlatformAddress;
import dev.slipway.systems.platform.PlatformBilling;
import dev.slipway.systems.portal.PortalVisit;
import dev.slipway.systems.rates.EcbRates;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The clients of billing, rates and portal, and the stand-ins that they are held to. */
final class ClientsMeetBillingTest {

  private static final URI PLATFORM = PlatformAddress.ofDomain(SandboxDefaults.PLATFORM_DOMAIN);
  private static final URI BILLING = URI.create("https://" + SandboxDefaults.BILLING_HOST);
  private static final String EMAIL = "dry-run@hoster.example";

  @RegisterExtension static final RunningSandbox SANDBOX = new RunningSandbox();

  private final SandboxControl control = SANDBOX.control();
  private final Egress egress = SANDBOX.egress();

  private Whmcs whmcs(String secret) {
    return new Whmcs(
        egress,
        BILLING,
        new Whmcs.Login(SandboxDefaults.BILLING_IDENTIFIER, secret, Optional.empty()));
  }

  private PlatformBilling platform() {
    return new PlatformBilling(egress, PLATFORM, SandboxDefaults.PLATFORM_TOKEN);
  }

  @Test
  void anOrderMakesAnAccountAndAPaymentFundsIt() {
    Whmcs whmcs = whmcs(SandboxDefaults.BILLING_SECRET);
    assertEquals(List.of("EUR"), whmcs.contact().currencies());
    assertTrue(platform().externalSystems().isEmpty());
    control.act("connect-billing", Json.object());
    assertEquals(List.of("WHMCS"), platform().externalSystems());

    assertTrue(whmcs.customer(EMAIL).isEmpty());
    whmcs.addCustomer(EMAIL, "EUR", "a-password-0001");
    String customer = whmcs.customer(EMAIL).orElseThrow();
    assertTrue(whmcs.order(customer).isEmpty());
    whmcs.addOrder(customer, "1", "banktransfer");
    var order = whmcs.order(customer).orElseThrow();
    assertTrue(order.pending());
    whmcs.acceptOrder(order.id());
    var account = platform().account(EMAIL).orElseThrow();
    assertFalse(account.commercial());
    platform().convertToCommercial(account.uid(), EMAIL);
    String invoice = order.invoice().orElseThrow();
    whmcs.pay(invoice, "transaction-1", "banktransfer", "2026-11-24 10:00:00");
    assertTrue(whmcs.hasPayment(invoice, "transaction-1"));
    assertTrue(whmcs.invoice(invoice).paid());
    platform().charge(account.uid(), new BigDecimal("0.70"), "test");

    account = platform().account(EMAIL).orElseThrow();
    assertTrue(account.commercial());
    assertEquals(0, new BigDecimal("9.3").compareTo(account.balance().orElseThrow()));
    whmcs.suspend(whmcs.service(customer).orElseThrow().id());
    whmcs.close(customer);
    assertTrue(whmcs.isClosed(EMAIL));
    assertFalse(platform().account(EMAIL).orElseThrow().active());
  }

  @Test
  void hostBillLeadsTheSameLife() {
    HostBill hostBill = hostBill(SandboxDefaults.BILLING_SECRET);
    assertTrue(hostBill.contact().answer().contains("version"));
    control.act("connect-billing", Json.object().put("name", "HostBill"));
    assertTrue(hostBill.hasProduct("1"));
    assertFalse(hostBill.hasProduct("77"));

    assertTrue(hostBill.customer(EMAIL).isEmpty());
    hostBill.addCustomer(EMAIL, "EUR", "a-password-0001");
    String customer = hostBill.customer(EMAIL).orElseThrow();
    assertTrue(hostBill.order(customer).isEmpty());
    hostBill.addOrder(customer, "1", "22");
    var order = hostBill.order(customer).orElseThrow();
    assertTrue(order.pending());
    hostBill.acceptOrder(order.id());
    assertFalse(hostBill.order(customer).orElseThrow().pending());
    assertFalse(platform().account(EMAIL).orElseThrow().commercial());
    String invoice = order.invoice().orElseThrow();
    assertFalse(hostBill.hasPayment(invoice, "transaction-1"));
    hostBill.pay(invoice, "transaction-1", "22", "2026-11-24 10:00:00");
    assertTrue(hostBill.hasPayment(invoice, "transaction-1"));
    assertEquals(new BigDecimal("10.00"), hostBill.invoice(invoice).total());
    var account = platform().account(EMAIL).orElseThrow();
    assertEquals(0, BigDecimal.TEN.compareTo(account.balance().orElseThrow()));
    hostBill.suspend(hostBill.service(customer).orElseThrow().id());
    assertFalse(platform().account(EMAIL).orElseThrow().active());
    assertFalse(hostBill.isClosed(EMAIL));
    hostBill.close(customer);
    assertTrue(hostBill.isClosed(EMAIL));
  }

  @Test
  void hostBillNamesWhatIsWrong() {
    assertEquals(
        SystemTrouble.Kind.AUTHENTICATION_FAILED,
        assertThrows(SystemTrouble.class, () -> hostBill("wrong-key-0001").contact()).kind());
    HostBill hostBill = hostBill(SandboxDefaults.BILLING_SECRET);
    control.patchWorld("{\"hostbill\":{\"denied\":[\"addClient\"]}}");
    assertEquals(
        SystemTrouble.Kind.NOT_PERMITTED,
        assertThrows(
                SystemTrouble.class, () -> hostBill.addCustomer(EMAIL, "EUR", "a-password-0001"))
            .kind());
    limitRate("hostbill");
    assertEquals(
        SystemTrouble.Kind.RATE_LIMITED,
        assertThrows(SystemTrouble.class, hostBill::contact).kind());
  }

  /** For longer than a client waits by itself. */
  private void limitRate(String system) {
    control.fault(
        Fault.of(system, "", 0, Fault.Kind.STATUS_429)
            .withRetryAfter(Fault.RetryAfter.SECONDS, Duration.ofMinutes(1)));
  }

  private HostBill hostBill(String key) {
    return new HostBill(
        egress,
        URI.create("https://" + SandboxDefaults.HOSTBILL_HOST),
        SandboxDefaults.BILLING_IDENTIFIER,
        key);
  }

  @Test
  void stripeTellsWhatADryRunLeftBehind() {
    Stripe stripe = new Stripe(egress, SandboxDefaults.STRIPE_KEY);
    assertEquals("test mode, holds [EUR]", stripe.contact().answer());
    assertTrue(stripe.traces(EMAIL).orElseThrow().customers().isEmpty());

    control.act("lead-stripe-dry-run", Map.of("email", EMAIL, "amount", "10.00", "charge", "1.00"));

    BillingSystem.Traces left = stripe.traces(EMAIL).orElseThrow();
    assertEquals(List.of("cus_dry"), left.customers());
    assertEquals(List.of(), left.open());
    assertEquals(new BigDecimal("10.00"), left.paid());
    assertEquals(List.of("EUR"), left.currencies());
    assertTrue(stripe.traces("nobody@hoster.example").orElseThrow().customers().isEmpty());
    BillingAccount account = platform().account(EMAIL).orElseThrow();
    assertTrue(account.commercial());
    assertFalse(account.active());
    SystemTrouble refused =
        assertThrows(SystemTrouble.class, () -> new Stripe(egress, "sk_test_wrong000").contact());
    assertEquals(Kind.AUTHENTICATION_FAILED, refused.kind());
  }

  @Test
  void credentialsAreGraded() {
    assertEquals(Grade.VALID, grade(SandboxDefaults.BILLING_SECRET));
    assertEquals(Grade.INVALID_CREDENTIALS, grade("wrong-secret-0001"));
    control.patchWorld("{\"whmcs\":{\"refusedIp\":\"198.51.100.7\"}}");
    assertEquals(Grade.INSUFFICIENT_PERMISSION, grade(SandboxDefaults.BILLING_SECRET));
    limitRate("whmcs");
    assertEquals(Grade.RATE_LIMITED, grade(SandboxDefaults.BILLING_SECRET));
  }

  private Grade grade(String secret) {
    return new BillingCredentialTest(egress)
        .test(
            Json.of(Map.of("identifier", SandboxDefaults.BILLING_IDENTIFIER, "secret", secret)),
            Json.of(
                Map.of("external-billing", Map.of("system", "whmcs", "url", BILLING.toString()))))
        .grade();
  }

  @Test
  void ratesAreThoseOfThePlatform() {
    assertTrue(new EcbRates(egress).newest().rate("USD", "EUR").isPresent());
    assertEquals("USD", platform().currency());
    assertEquals(4, platform().rates().size());
  }

  @Test
  void aLinkWorksOnce() {
    CustomerClient customer =
        new CustomerClient(egress, PLATFORM, SandboxDefaults.TEST_CUSTOMER_TOKEN);
    assertEquals(
        SystemTrouble.Kind.REJECTED,
        assertThrows(SystemTrouble.class, () -> customer.singleSignOn(Optional.empty())).kind());
    control.act("connect-portal", Json.object());
    URI link = customer.singleSignOn(Optional.empty());
    String login = SandboxDefaults.TEST_CUSTOMER_LOGIN;
    Set<String> hosts = Set.of(SandboxDefaults.BILLING_HOST);

    assertTrue(new PortalVisit(egress, hosts).follow(link, login).loggedIn());
    assertFalse(new PortalVisit(egress, hosts).follow(link, login).loggedIn());
    assertEquals(
        SystemTrouble.Kind.WRONG_PLACE,
        assertThrows(
                SystemTrouble.class,
                () -> new PortalVisit(egress, Set.of("other.example")).follow(link, login))
            .kind());
  }
}
