package dev.slipway.hostingprovider.billingintegration;

import static dev.slipway.hostingprovider.Outcomes.done;
import static dev.slipway.hostingprovider.Outcomes.failed;
import static dev.slipway.hostingprovider.Outcomes.waitsFor;
import static dev.slipway.local.sandbox.world.SandboxDefaults.BILLING_HOST;
import static dev.slipway.local.sandbox.world.SandboxDefaults.PLATFORM_DOMAIN;
import static dev.slipway.local.sandbox.world.SandboxDefaults.PLATFORM_TOKEN;
import static dev.slipway.local.sandbox.world.SandboxDefaults.TEST_CUSTOMER_LOGIN;
import static dev.slipway.local.sandbox.world.SandboxDefaults.TEST_CUSTOMER_TOKEN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.ledger.Outcome;
import dev.slipway.local.check.RunningSandbox;
import dev.slipway.local.sandbox.SandboxControl;
import dev.slipway.local.sandbox.world.Fault;
import dev.slipway.task.Bench;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** V14 against the stand-ins of the platform and of a portal. */
final class SetUpSingleSignOnTest {
  @RegisterExtension static final RunningSandbox SANDBOX = new RunningSandbox();

  private final SandboxControl control = SANDBOX.control();
  private final SetUpSingleSignOn task =
      new SetUpSingleSignOn(SANDBOX.context(), SANDBOX.parties());
  private final Bench bench =
      new Bench("billing-integration.set-up-single-sign-on")
          .element("platform", "{\"domain\":\"%s\"}".formatted(PLATFORM_DOMAIN))
          .element(
              "single-sign-on",
              "{\"portal\":\"https://%s/clientarea.php\"}".formatted(BILLING_HOST))
          .secret("platform", "{\"token\":\"%s\"}".formatted(PLATFORM_TOKEN))
          .secret("test-customer", "{\"token\":\"%s\"}".formatted(TEST_CUSTOMER_TOKEN));

  @BeforeEach
  void connect() {
    control.act("connect-portal", Map.of());
  }

  private void landAt(String target) {
    control.patchWorld("{\"whmcs\":{\"landing\":\"%s\"}}".formatted(target));
  }

  @Test
  void followsALinkThatWorksOnce() {
    waitsFor("connect-portal", bench.attempt(task));
    String evidence = done(bench.answer("connect-portal").attempt(task));

    assertTrue(evidence.contains("first use: logged in, over TLS; second use: refused"), evidence);
    assertFalse(evidence.contains("token"), evidence);
  }

  @Test
  void namesALinkThatWorksTwice() {
    control.patchWorld("{\"platform\":{\"sso\":{\"reusable\":true}}}");

    failed(
        "single-sign-on.reusable",
        "single-sign-on",
        "single-sign-on",
        bench.answer("connect-portal").attempt(task));
  }

  @Test
  void namesAPageThatIsNotLoggedIn() {
    landAt("/login.php?username=" + TEST_CUSTOMER_LOGIN);

    failed(
        "single-sign-on.not-logged-in",
        "single-sign-on",
        "single-sign-on.loggedInText",
        bench.answer("connect-portal").attempt(task));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example/clientarea.php",
        "http://" + BILLING_HOST + "/clientarea.php",
        "https://" + BILLING_HOST + ":8443/clientarea.php"
      })
  void followsNowhereElse(String target) {
    landAt(target);

    failed(
        "single-sign-on.wrong-place",
        "single-sign-on",
        "single-sign-on",
        bench.answer("connect-portal").attempt(task));
    assertEquals(1, control.count("whmcs", "GET /sso.php"));
    assertEquals(0, control.count("whmcs", "GET /clientarea.php"));
  }

  @ParameterizedTest
  @EnumSource(names = {"STATUS_429", "STATUS_5XX"})
  void aPortalInTroubleProvesNothing(Fault.Kind kind) {
    control.fault(Fault.of("whmcs", "GET /clientarea.php", 0, kind));

    Outcome outcome = bench.answer("connect-portal").attempt(task);

    failed(
        kind == Fault.Kind.STATUS_429
            ? "single-sign-on.rate-limited"
            : "single-sign-on.out-of-order",
        "single-sign-on",
        "single-sign-on",
        outcome);
  }

  @Test
  void isAttestedWithoutPermission() {
    SANDBOX.deny(TEST_CUSTOMER_TOKEN, "billing.integration.GetSSOUrl");
    bench.answer("connect-portal");

    waitsFor("follow-link", bench.attempt(task));
    done(bench.answer("follow-link").attempt(task));
  }
}
