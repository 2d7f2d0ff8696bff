package dev.slipway.enterprise.thirdpartyaccounts;

import static dev.slipway.hostingprovider.Outcomes.done;
import static dev.slipway.hostingprovider.Outcomes.failed;
import static dev.slipway.hostingprovider.Outcomes.waitsFor;
import static dev.slipway.local.sandbox.world.SandboxDefaults.EXCHANGE_RATES_ID;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.ledger.Outcome;
import dev.slipway.ledger.Party;
import dev.slipway.local.check.RunningSandbox;
import dev.slipway.local.sandbox.world.Json;
import dev.slipway.task.Bench;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** M58 against the stand-in of Open Exchange Rates. */
final class OpenExchangeRatesTest {
  @RegisterExtension static final RunningSandbox SANDBOX = new RunningSandbox();

  private final OpenExchangeRates task =
      new OpenExchangeRates(SANDBOX.context(), SANDBOX.parties().http());
  private final Bench bench =
      new Bench("third-party-accounts.open-exchange-rates")
          .element("exchange-rates", "{\"account\":\"existing\"}")
          .secret("open-exchange-rates", "{\"appId\":\"%s\"}".formatted(EXCHANGE_RATES_ID));

  private static void use() {
    SANDBOX.control().act("use-exchange-rates", Json.object().put("requests", 7));
  }

  private static void data(String patch) {
    SANDBOX.control().patchWorld("{\"open-exchange-rates\":{\"data\":%s}}".formatted(patch));
  }

  @Test
  void anAccountThatIsThereIsUsedOnceThePlatformKnowsIt() {
    assertEquals(Party.VENDOR, waitsFor("set", bench.attempt(task)).party());
    use();
    String evidence = done(bench.answer("set", "engineer", "{}").attempt(task));
    assertTrue(evidence.contains("7 request(s) this month, 0 before"), evidence);
    assertFalse(evidence.contains(EXCHANGE_RATES_ID), evidence);
    done(bench.verify(task));
  }

  @Test
  void aNewAccountIsSignedUpForByThePersonWhoOwnsIt() {
    bench.element("exchange-rates", "{\"account\":\"new\"}");
    assertEquals(Party.CUSTOMER, waitsFor("account", bench.attempt(task)).party());
    waitsFor("set", bench.answer("account").attempt(task));
  }

  @Test
  void usageIsLookedAtADayLaterBeforeAPersonIsAsked() {
    bench.attempt(task);
    bench.answer("set", "engineer", "{}");
    Outcome.Waiting machine = assertInstanceOf(Outcome.Waiting.class, bench.attempt(task));
    assertEquals(Party.MACHINE, machine.party());
    assertTrue(machine.instructions().contains("a day later"), machine::instructions);
    bench.after(Duration.ofDays(1));
    assertEquals(Party.VENDOR, waitsFor("used", bench.attempt(task)).party());
    String stated = done(bench.answer("used", "engineer", "{}").attempt(task));
    assertTrue(stated.contains("counted no request since"), stated);
  }

  @Test
  void aNewMonthCountsAnew() {
    data("{\"usage\":{\"requests\":900,\"days_elapsed\":29}}");
    bench.attempt(task);
    data("{\"usage\":{\"requests\":2,\"days_elapsed\":0}}");
    String evidence = done(bench.answer("set", "engineer", "{}").attempt(task));
    assertTrue(evidence.contains("2 request(s) this month, 900 before"), evidence);
  }

  @Test
  void aNewAppIdIsEnteredAgainAndCountsFromThenOn() {
    bench.attempt(task);
    use();
    done(bench.answer("set", "engineer", "{}").attempt(task));
    bench.secret("open-exchange-rates", "{\"appId\":\"%s\"}".formatted(EXCHANGE_RATES_ID));
    waitsFor("set", bench.attempt(task));
  }

  @Test
  void aPlanThatIsTooSmallIsToldAndOneThatIsUsedUpStops() {
    data("{\"plan\":{\"name\":\"Free\",\"features\":{\"base\":false}}}");
    String warning = waitsFor("set", bench.attempt(task)).evidence().toString();
    assertTrue(warning.contains("against the US dollar only"), warning);
    data("{\"usage\":{\"requests_remaining\":0}}");
    failed(
        "open-exchange-rates.not-permitted", "credential:open-exchange-rates", bench.attempt(task));
    data("{\"status\":\"inactive\"}");
    failed(
        "open-exchange-rates.not-permitted", "credential:open-exchange-rates", bench.attempt(task));
  }
}
