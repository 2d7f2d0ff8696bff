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
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SetUpSingleSignOnTest {
  private final FakeBilling parties = new FakeBilling();
  private final SetUpSingleSignOn task =
      new SetUpSingleSignOn(FunctionContext.of(Map.of(), InstantSource.system()), parties);
  private final Bench bench =
      new Bench("billing-integration.set-up-single-sign-on")
          .element("platform", "{\"domain\":\"a.example\"}")
          .element("single-sign-on", "{\"portal\":\"https://billing.a.example/area\"}")
          .secret("platform", "{\"token\":\"platform-token-0001\"}")
          .secret("test-customer", "{\"token\":\"customer-token-0001\"}");

  @Test
  void followsALinkThatWorksOnce() {
    waitsFor("connect-portal", bench.attempt(task));
    String evidence = done(bench.answer("connect-portal").attempt(task));

    assertTrue(evidence.contains("first use: logged in, over TLS; second use: refused"), evidence);
    assertFalse(evidence.contains("t1"), evidence);
  }

  @Test
  void namesALinkThatWorksTwice() {
    parties.linksWorkTwice = true;

    failed(
        "single-sign-on.reusable",
        "single-sign-on",
        "single-sign-on",
        bench.answer("connect-portal").attempt(task));
  }

  @Test
  void namesAPageThatIsNotLoggedIn() {
    parties.portal = "/login";

    failed(
        "single-sign-on.not-logged-in",
        "single-sign-on",
        "single-sign-on.loggedInText",
        bench.answer("connect-portal").attempt(task));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example/area",
        "http://billing.a.example/area",
        "https://billing.a.example:8443/area"
      })
  void followsNowhereElse(String target) {
    parties.portal = target;

    failed(
        "single-sign-on.wrong-place",
        "single-sign-on",
        "single-sign-on",
        bench.answer("connect-portal").attempt(task));
    assertEquals(1, parties.count("sso"));
    assertEquals(0, parties.count("area"));
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 503})
  void aPortalInTroubleProvesNothing(int status) {
    parties.instead.put("area", FakeBilling.answer(status, ""));

    Outcome outcome = bench.answer("connect-portal").attempt(task);

    failed(
        status == 429 ? "single-sign-on.rate-limited" : "single-sign-on.out-of-order",
        "single-sign-on",
        "single-sign-on",
        outcome);
  }

  @Test
  void isAttestedWithoutPermission() {
    parties.refused.add("getssourl");
    bench.answer("connect-portal");

    waitsFor("follow-link", bench.attempt(task));
    done(bench.answer("follow-link").attempt(task));
  }
}
