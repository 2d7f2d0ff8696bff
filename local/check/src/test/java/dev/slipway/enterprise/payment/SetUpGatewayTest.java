package dev.slipway.enterprise.payment;

import static dev.slipway.hostingprovider.Outcomes.done;
import static dev.slipway.hostingprovider.Outcomes.failed;
import static dev.slipway.hostingprovider.Outcomes.waitsFor;
import static dev.slipway.local.sandbox.world.SandboxDefaults.BRAINTREE_LIVE_MERCHANT;
import static dev.slipway.local.sandbox.world.SandboxDefaults.BRAINTREE_LIVE_PRIVATE_KEY;
import static dev.slipway.local.sandbox.world.SandboxDefaults.BRAINTREE_LIVE_PUBLIC_KEY;
import static dev.slipway.local.sandbox.world.SandboxDefaults.BRAINTREE_MERCHANT;
import static dev.slipway.local.sandbox.world.SandboxDefaults.BRAINTREE_PRIVATE_KEY;
import static dev.slipway.local.sandbox.world.SandboxDefaults.BRAINTREE_PUBLIC_KEY;
import static dev.slipway.local.sandbox.world.SandboxDefaults.EWAY_KEY;
import static dev.slipway.local.sandbox.world.SandboxDefaults.EWAY_PASSWORD;
import static dev.slipway.local.sandbox.world.SandboxDefaults.hubTenantId;
import static dev.slipway.local.sandbox.world.SandboxDefaults.hubTenantKey;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.ledger.Party;
import dev.slipway.local.check.RunningSandbox;
import dev.slipway.local.sandbox.SandboxControl;
import dev.slipway.local.sandbox.world.Json;
import dev.slipway.task.Bench;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** M56 against the stand-ins of Braintree, of eWAY, of the hub and of two tenants' frontends. */
final class SetUpGatewayTest {
  @RegisterExtension static final RunningSandbox SANDBOX = new RunningSandbox();

  private final SandboxControl control = SANDBOX.control();
  private final SetUpGateway task = new SetUpGateway(SANDBOX.context(), SANDBOX.parties().http());
  private final Bench bench =
      new Bench("payment.set-up-gateway")
          .at("environment", "uat")
          .element("payment", payment("braintree", "existing"))
          .element(
              "component-hosts",
              """
              {"uat":{"mnohub":"hub.uat.customer.example"},
               "production":{"mnohub":"hub.customer.example"}}""")
          .element(
              "tenants",
              """
              {"uat":{"list":[{"name":"acme","host":"acme.uat.customer.example"},
                {"name":"bravo","host":"bravo.uat.customer.example"}]},
               "production":{"list":[{"name":"acme","host":"acme.customer.example"}]}}""")
          .secret(
              "payment-gateway",
              keys("sandbox", BRAINTREE_MERCHANT, BRAINTREE_PUBLIC_KEY, BRAINTREE_PRIVATE_KEY))
          .secret("mnohub-tenant@uat.acme", tenantKeys("uat", "acme"))
          .secret("mnohub-tenant@uat.bravo", tenantKeys("uat", "bravo"))
          .secret("mnohub-tenant@production.acme", tenantKeys("production", "acme"));

  private static String payment(String system, String account) {
    return """
        {"enabled":true,"system":"%s","account":"%s","admin":"finance@customer.example",
         "accounts":[{"currency":"AUD","acct":"customer_aud","default":true},
          {"currency":"USD","acct":"customer_usd","default":true}]}"""
        .formatted(system, account);
  }

  private static String keys(String environment, String merchant, String publicKey, String key) {
    return """
        {"environment":"%s","merchantId":"%s","publicKey":"%s","privateKey":"%s"}"""
        .formatted(environment, merchant, publicKey, key);
  }

  private static String tenantKeys(String environment, String tenant) {
    return "{\"tenantId\":\"%s\",\"tenantKey\":\"%s\"}"
        .formatted(hubTenantId(environment, tenant), hubTenantKey(environment, tenant));
  }

  private void answered() {
    bench.answer("admin", "engineer", "{}").answer("owner-kept");
  }

  private JsonNode transactions() {
    return control.world().at("/braintree/sandbox/transactions");
  }

  private JsonNode keystore(String environment, int tenant) {
    return control
        .world()
        .at("/maestrano/hubs/%s/tenants/%d/keystore".formatted(environment, tenant));
  }

  private void braintree(String json) {
    control.patchWorld("{\"braintree\":{\"sandbox\":%s}}".formatted(json));
  }

  private void hub(String json) {
    control.patchWorld("{\"maestrano\":{\"hubs\":{\"uat\":%s}}}".formatted(json));
  }

  /** What a person enters in the hub's console for a tenant. */
  private void enter(String environment, int tenant, String keystore) {
    JsonNode tenants = control.world().at("/maestrano/hubs/" + environment + "/tenants").deepCopy();
    ((ObjectNode) tenants.path(tenant)).set("keystore", Json.parse(keystore));
    control.patchWorld(
        "{\"maestrano\":{\"hubs\":{\"%s\":{\"tenants\":%s}}}}".formatted(environment, tenants));
  }

  private static String gateway(String adapter) {
    return """
        {"payment_gateways":{"providers":{"Shop":{"adapter":"%s"}},
          "accounts":{"Shop":{"AUD":{"acct":"customer_aud"},"USD":{"acct":"customer_usd"}}}}}"""
        .formatted(adapter);
  }

  @Test
  void theSandboxAuthorisesAndReversesAndTheHubHasTheGatewayOfEachTenant() {
    assertEquals(Party.VENDOR, waitsFor("admin", bench.attempt(task)).party());
    answered();

    String evidence = done(bench.attempt(task));

    assertTrue(evidence.contains("ACTIVE, 2 merchant account(s)"), evidence);
    assertTrue(evidence.contains("authorised and reversed: customer_aud: dHJh"), evidence);
    assertTrue(evidence.contains("acme: Braintree, bravo: Braintree"), evidence);
    JsonNode entered = keystore("uat", 1).path("payment_gateways");
    assertEquals("braintree", entered.at("/providers/Braintree/adapter").asText());
    assertEquals(
        BRAINTREE_PRIVATE_KEY, entered.at("/providers/Braintree/config/private_key").asText());
    assertEquals("customer_usd", entered.at("/accounts/Braintree/USD/acct").asText());
    for (String secret : new String[] {BRAINTREE_PRIVATE_KEY, BRAINTREE_PUBLIC_KEY}) {
      assertFalse(evidence.contains(secret), evidence);
      assertFalse(bench.notes().contains(secret), bench::notes);
    }
    assertEquals(2, transactions().size());
    transactions().forEach(each -> assertEquals("VOIDED", each.path("status").asText()));
    done(bench.attempt(task));
    done(bench.verify(task));
    assertEquals(2, transactions().size());
    assertEquals(2, control.count("maestrano", "PATCH tenant"));
  }

  @Test
  void newKeysAreEnteredOnceMore() {
    answered();
    done(bench.attempt(task));
    braintree("{\"privateKey\":\"n3w-pr1vate-key-0000000001\"}");
    bench.secret(
        "payment-gateway",
        keys("sandbox", BRAINTREE_MERCHANT, BRAINTREE_PUBLIC_KEY, "n3w-pr1vate-key-0000000001"));
    done(bench.attempt(task));
    assertEquals(
        "n3w-pr1vate-key-0000000001",
        keystore("uat", 0).at("/payment_gateways/providers/Braintree/config/private_key").asText());
  }

  @Test
  void productionTakesALiveMerchantAndTheCustomersOwnCard() {
    answered();
    bench.at("environment", "production");
    failed(
        "payment-gateway.wrong-place",
        "credential:payment-gateway@production",
        bench.attempt(task));
    bench.secret(
        "payment-gateway",
        keys(
            "production",
            BRAINTREE_LIVE_MERCHANT,
            BRAINTREE_LIVE_PUBLIC_KEY,
            BRAINTREE_LIVE_PRIVATE_KEY));
    assertEquals(Party.CUSTOMER, waitsFor("proof", bench.attempt(task)).party());
    done(bench.answer("proof", "{\"transaction\":\"t1\"}").attempt(task));
    assertEquals(0, control.world().at("/braintree/production/transactions").size());
    assertTrue(keystore("production", 0).has("payment_gateways"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          payment-gateway.not-active | payment                         | {"status": "SUSPENDED"}
          payment-gateway.other-merchant | credential:payment-gateway@uat | {"merchant": "another"}
          payment-gateway.account | payment.accounts[1] | {"accounts": [{"id": "customer_aud", "currencyCode": "AUD", "status": "ACTIVE"}, {"id": "customer_usd", "currencyCode": "USD", "status": "PENDING"}]}
          payment.declined        | payment             | {"declines": true}
          """)
  void whatBraintreeSaysIsTold(String code, String field, String world) {
    answered();
    braintree(world);
    failed(code, field, bench.attempt(task));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"refuses\":[\"PATCH tenant\"]}", "{\"ignores\":[\"keystore\"]}"})
  void aPersonEntersWhatTheTenantMayNot(String hub) {
    answered();
    hub(hub);
    var asked = waitsFor("configure", bench.attempt(task));
    assertEquals(Party.VENDOR, asked.party());
    assertTrue(asked.instructions().contains("Account: customer_usd, USD"), asked::instructions);
    bench.answer("configure", "engineer", "{}");
    assertEquals(
        "mnohub.gateway-missing", waitsFor("configure", bench.attempt(task)).problem().code());
    enter("uat", 0, gateway("braintree"));
    enter("uat", 1, gateway("braintree"));
    done(bench.answer("configure", "engineer", "{}").attempt(task));
    assertTrue(done(bench.putBack(task)).contains("nothing had been changed by machine"));
  }

  @Test
  void keysThatAreThereAlreadyAreLeftToAPerson() {
    answered();
    enter("uat", 1, "{\"payment_gateways\":{\"providers\":{\"Old\":{\"adapter\":\"eway\"}}}}");
    waitsFor("configure", bench.attempt(task));
    assertTrue(keystore("uat", 1).at("/payment_gateways/providers").has("Old"));
    String evidence = done(bench.putBack(task));
    assertTrue(evidence.contains("acme: put back"), evidence);
    assertTrue(
        keystore("uat", 0).at("/payment_gateways/providers/Braintree/adapter").isMissingNode());
  }

  @Test
  void aCurrencyThatTheFrontendDoesNotKnowIsTheVendors() {
    answered();
    bench.element("payment", payment("braintree", "existing").replace("USD", "EUR"));
    braintree(
        """
        {"accounts":[{"id":"customer_aud","currencyCode":"AUD","status":"ACTIVE"},
          {"id":"customer_usd","currencyCode":"EUR","status":"ACTIVE"}]}""");
    waitsFor("configure", bench.attempt(task));
    control.patchWorld(
        "{\"maestrano\":{\"expresses\":{\"uat\":{\"acme\":{\"version\":\"3.3.3\"},\"bravo\":{\"version\":\"3.3.3\"}}}}}");
    String evidence = done(bench.answer("configure", "engineer", "{}").attempt(task));
    assertTrue(evidence.contains("warning: the frontend does not know EUR"), evidence);
    assertTrue(evidence.contains("acme: series 3"), evidence);
  }

  @Test
  void ewaysAccountsAndItsLoginInThePlatformArePeoples() {
    bench
        .element("payment", payment("eway", "existing"))
        .secret(
            "payment-gateway",
            "{\"environment\":\"sandbox\",\"apiKey\":\"%s\",\"password\":\"%s\"}"
                .formatted(EWAY_KEY, EWAY_PASSWORD));
    answered();
    assertEquals(Party.VENDOR, waitsFor("accounts", bench.attempt(task)).party());
    assertEquals(
        Party.VENDOR,
        waitsFor("configure", bench.answer("accounts", "engineer", "{}").attempt(task)).party());
    enter("uat", 0, gateway("eway"));
    enter("uat", 1, gateway("eway"));
    bench.answer("configure", "engineer", "{}");
    assertEquals(Party.CUSTOMER, waitsFor("proof", bench.attempt(task)).party());
    String evidence = done(bench.answer("proof").attempt(task));
    assertTrue(evidence.contains("eWAY takes the login"), evidence);
    assertEquals(0, control.count("maestrano", "PATCH tenant"));
  }

  @Test
  void anotherGatewayIsAttestedStepByStep() {
    bench.element("payment", payment("other", "existing"));
    for (String step : new String[] {"account", "admin", "accounts", "configure"}) {
      assertEquals(Party.VENDOR, waitsFor(step, bench.attempt(task)).party());
      bench.answer(step, "engineer", "{\"link\":\"https://pay.customer.example/\"}");
    }
    for (String step : new String[] {"proof", "owner-kept"}) {
      assertEquals(Party.CUSTOMER, waitsFor(step, bench.attempt(task)).party());
      bench.answer(step);
    }
    done(bench.attempt(task));
    done(bench.verify(task));
    assertTrue(done(bench.putBack(task)).contains("nothing had been changed by machine"));
  }

  @Test
  void aNewAccountIsMadeByTheVendorAndItsContractIsTheOwners() {
    answered();
    bench.element("payment", payment("braintree", "new"));
    assertEquals(Party.VENDOR, waitsFor("account", bench.attempt(task)).party());
    bench.answer("account", "engineer", "{}");
    assertEquals(Party.CUSTOMER, waitsFor("owner", bench.attempt(task)).party());
    done(bench.answer("owner").attempt(task));
    bench.element(
        "payment",
        payment("braintree", "new")
            .replace("\"enabled\"", "\"createdBy\":\"customer\",\"enabled\""));
    assertEquals(Party.CUSTOMER, waitsFor("account", bench.attempt(task)).party());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void whereverTheProcessDiesNothingIsHeldTwiceAndNothingIsLeftHeld(int notes) {
    answered();
    bench.crashAfterNotes(notes);
    SANDBOX.loseAnswerOf("braintree", "POST payments.sandbox.braintree-api.com/graphql");
    for (int again = 0; again < 3; again++) {
      bench.attempt(task);
    }
    done(bench.attempt(task));
    assertEquals(2, transactions().size());
    transactions().forEach(each -> assertEquals("VOIDED", each.path("status").asText()));
    assertEquals(2, control.count("maestrano", "PATCH tenant"));
    done(bench.putBack(task));
    for (int tenant = 0; tenant < 2; tenant++) {
      assertTrue(keystore("uat", tenant).findValuesAsText("acct").isEmpty());
    }
  }
}
