package dev.slipway.enterprise.thirdpartyaccounts;

import static dev.slipway.hostingprovider.Outcomes.done;
import static dev.slipway.hostingprovider.Outcomes.failed;
import static dev.slipway.hostingprovider.Outcomes.waitsFor;
import static dev.slipway.local.sandbox.world.SandboxDefaults.GOOGLE_MAPS_KEY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.ledger.Party;
import dev.slipway.local.check.RunningSandbox;
import dev.slipway.task.Bench;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** M60 against the stand-in of Google Maps. */
final class OpenGoogleMapsTest {
  @RegisterExtension static final RunningSandbox SANDBOX = new RunningSandbox();

  private final OpenGoogleMaps task =
      new OpenGoogleMaps(SANDBOX.context(), SANDBOX.parties().http());
  private final Bench bench =
      new Bench("third-party-accounts.open-google-maps")
          .at("environment", "uat")
          .element("component-hosts", "{\"uat\":{\"mnohub\":\"hub.uat.customer.example\"}}")
          .secret("google-maps", "{\"apiKey\":\"%s\"}".formatted(GOOGLE_MAPS_KEY));

  private static void key(String state) {
    SANDBOX
        .control()
        .patchWorld(
            "{\"google-maps\":{\"keys\":{\"%s\":\"%s\"}}}".formatted(GOOGLE_MAPS_KEY, state));
  }

  @Test
  void aKeyIsTriedAndPeopleDoTheRest() {
    assertEquals(Party.CUSTOMER, waitsFor("account", bench.attempt(task)).party());
    assertEquals(Party.VENDOR, waitsFor("set", bench.answer("account").attempt(task)).party());
    bench.answer("set", "engineer", "{}");
    assertEquals(Party.VENDOR, waitsFor("works", bench.attempt(task)).party());
    String evidence = done(bench.answer("works", "engineer", "{}").attempt(task));
    assertTrue(evidence.contains("an address is located"), evidence);
    assertFalse(evidence.contains(GOOGLE_MAPS_KEY), evidence);
    done(bench.verify(task));
  }

  @Test
  void aKeyThatOnlyTheHubMayUseIsProvedThere() {
    key("This IP, site or mobile application is not authorized to use this API key.");
    bench.answer("account");
    String evidence = waitsFor("set", bench.attempt(task)).evidence().toString();
    assertTrue(evidence.contains("only other addresses may use it"), evidence);
  }

  @Test
  void aBrowsersKeyAndOneWithoutBillingAreTold() {
    bench.answer("account");
    key("API keys with referer restrictions cannot be used with this API.");
    var browser =
        failed("google-maps.not-permitted", "credential:google-maps", bench.attempt(task));
    assertTrue(browser.message().contains("one for browsers"), browser::message);
    key("OVER_DAILY_LIMIT");
    var unpaid = failed("google-maps.not-permitted", "credential:google-maps", bench.attempt(task));
    assertTrue(unpaid.message().contains("no billing"), unpaid::message);
  }
}
