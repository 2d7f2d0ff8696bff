package dev.slipway.hostingprovider.billingintegration;

import static dev.slipway.hostingprovider.Outcomes.done;
import static dev.slipway.hostingprovider.Outcomes.failed;
import static dev.slipway.hostingprovider.Outcomes.waitsFor;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.context.FunctionContext;
import dev.slipway.ledger.Note;
import dev.slipway.ledger.Outcome;
import dev.slipway.task.Bench;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SetCurrencyTest {
  private static final String ALWAYS =
      """
      {"days":["MONDAY","TUESDAY","WEDNESDAY","THURSDAY","FRIDAY","SATURDAY","SUNDAY"],
       "at":"00:00","minutes":1440,"zone":"UTC"}""";

  private final FakeBilling parties = new FakeBilling();
  private final SetCurrency task =
      new SetCurrency(FunctionContext.of(Map.of(), InstantSource.system()), parties);
  private final Bench bench =
      new Bench("billing-integration.set-currency")
          .element("platform", "{\"domain\":\"a.example\"}")
          .element("currency", "{\"code\":\"EUR\"}")
          .element("maintenance-window", ALWAYS)
          .secret("platform", "{\"token\":\"platform-token-0001\"}");

  @Test
  void changesAppliesAndCompares() {
    String evidence = done(bench.attempt(task));
    done(bench.attempt(task));

    assertEquals("EUR", parties.currency);
    assertEquals(1, parties.count("changeconfigkey"));
    assertEquals(1, parties.count("applyconfig"));
    assertTrue(evidence.contains("2 rate(s) compared"), evidence);
    assertTrue(evidence.contains("0.926 %"), evidence);
    assertEquals(
        "USD",
        bench.noted(Note.Kind.PREVIOUS, "change:1").orElseThrow().path("HOSTER_CURRENCY").asText());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4})
  void isChangedAlthoughTheProcessDies(int notes) {
    bench.crashAfterNotes(notes).attempt(task);

    String evidence = done(bench.attempt(task));

    assertEquals("EUR", parties.currency);
    assertTrue(evidence.contains("administration.config.ChangeConfigKey"), evidence);
    assertTrue(evidence.contains("administration.config.ApplyConfig"), evidence);
  }

  @Test
  void waitsForTheMaintenanceWindow() {
    bench.element(
        "maintenance-window",
        "{\"from\":\"2026-11-25T22:00:00Z\",\"to\":\"2026-11-25T23:00:00Z\"}");

    Outcome outcome = bench.attempt(task);

    assertTrue(outcome.toString().contains("opens at 2026-11-25T22:00:00Z"), outcome::toString);
    assertEquals(0, parties.count("applyconfig"));
    done(bench.after(Duration.ofHours(36)).attempt(task));
  }

  @ParameterizedTest
  @ValueSource(strings = {"getconfigkeys", "changeconfigkey"})
  void isAPersonsWithoutPermission(String method) {
    parties.refused.add(method);
    waitsFor("set-main-currency", bench.attempt(task));

    Outcome.Waiting again =
        waitsFor("set-main-currency", bench.answer("set-main-currency").attempt(task));
    assertEquals("currency.differs", again.problem().code());

    parties.currency = "EUR";
    parties.settings.put("HOSTER_CURRENCY", "EUR");
    done(bench.after(Duration.ofMinutes(1)).answer("set-main-currency").attempt(task));
  }

  @Test
  void isAPersonsWhereThePlatformHasNoSuchSetting() {
    parties.settings.clear();

    waitsFor("set-main-currency", bench.attempt(task));
  }

  @Test
  void namesRatesThatDiffer() {
    parties.currency = "EUR";
    parties.rates.put("GBP", "0.80");

    assertTrue(
        failed(
                "currency.rates-differ",
                "platform",
                "currency.tolerancePercent",
                bench.attempt(task))
            .message()
            .contains("GBP by 5.325 %"));
    bench.element("currency", "{\"code\":\"EUR\",\"tolerancePercent\":6}");
    done(bench.attempt(task));
  }

  @Test
  void takesRatesThatAreQuotedTheOtherWayRound() {
    parties.currency = "EUR";
    parties.rates.putAll(Map.of("USD", "0.9259", "GBP", "1.1834"));

    assertTrue(done(bench.attempt(task)).contains("quoted as main currency per unit"));
  }

  @Test
  void namesAnUnknownCurrencyAndAStaleReference() {
    bench.element("currency", "{\"code\":\"XYZ\"}");
    failed("currency.unknown", "slipway", "currency.code", bench.attempt(task));

    bench.element("currency", "{\"code\":\"EUR\"}");
    parties.referenceDay = "2026-11-02";
    failed("currency.reference-stale", "exchange-rates", "currency", bench.attempt(task));
  }

  @Test
  void aReferenceThatIsNoTableIsNotUnderstood() {
    parties.currency = "EUR";
    for (String body :
        List.of(
            "<html><body>hello</body></html>",
            "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/hostname\">]><Cube time='2026-11-23'>"
                + "<Cube currency='USD' rate='1.08'/>&e;</Cube>")) {
      parties.instead.put("eurofxref-daily.xml", FakeBilling.answer(200, body));

      failed("exchange-rates.not-understood", "exchange-rates", "currency", bench.attempt(task));
    }
    parties.instead.put("eurofxref-daily.xml", FakeBilling.answer(429, ""));
    failed("exchange-rates.rate-limited", "exchange-rates", "currency", bench.attempt(task));
  }

  @Test
  void aPersonComparesWhatTheReferenceDoesNotQuote() {
    parties.currency = "UAH";
    bench.element("currency", "{\"code\":\"UAH\"}");

    waitsFor("compare-rates", bench.attempt(task));
    done(bench.answer("compare-rates").attempt(task));
  }
}
