package dev.slipway.hostingprovider.billingintegration;

import static dev.slipway.hostingprovider.Outcomes.done;
import static dev.slipway.hostingprovider.Outcomes.failed;
import static dev.slipway.hostingprovider.Outcomes.waitsFor;
import static dev.slipway.local.sandbox.world.SandboxDefaults.PLATFORM_DOMAIN;
import static dev.slipway.local.sandbox.world.SandboxDefaults.PLATFORM_TOKEN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.ledger.Note;
import dev.slipway.ledger.Outcome;
import dev.slipway.local.check.RunningSandbox;
import dev.slipway.local.sandbox.SandboxControl;
import dev.slipway.local.sandbox.world.Fault;
import dev.slipway.local.sandbox.world.Json;
import dev.slipway.task.Bench;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** V11 against the stand-ins of the platform and of the reference rates. */
final class SetCurrencyTest {
  private static final String ALWAYS =
      """
      {"days":["MONDAY","TUESDAY","WEDNESDAY","THURSDAY","FRIDAY","SATURDAY","SUNDAY"],
       "at":"00:00","minutes":1440,"zone":"UTC"}""";

  @RegisterExtension static final RunningSandbox SANDBOX = new RunningSandbox();

  private final SandboxControl control = SANDBOX.control();
  private final SetCurrency task = new SetCurrency(SANDBOX.context(), SANDBOX.parties());
  private final Bench bench =
      new Bench("billing-integration.set-currency")
          .element("platform", "{\"domain\":\"%s\"}".formatted(PLATFORM_DOMAIN))
          .element("currency", "{\"code\":\"EUR\"}")
          .element("maintenance-window", ALWAYS)
          .secret("platform", "{\"token\":\"%s\"}".formatted(PLATFORM_TOKEN));

  @BeforeEach
  void rates() {
    control.patchWorld(
        """
        {"platform":{"rates":{"USD":"1.09","GBP":"0.84","CHF":null}},
         "exchange-rates":{"day":"2026-11-23",
           "perEuro":{"USD":"1.08","GBP":"0.845","CHF":null,"JPY":null,"PLN":null}}}""");
  }

  private void quote(String usd, String gbp) {
    control.patchWorld(
        "{\"platform\":{\"rates\":{\"USD\":\"%s\",\"GBP\":\"%s\"}}}".formatted(usd, gbp));
  }

  /** A person chooses it in the admin panel, and applies it. */
  private void choose(String currency) {
    ObjectNode details = Json.object();
    details.putObject("settings").put("HOSTER_CURRENCY", currency);
    control.act("change-settings", details);
  }

  private String chosen() {
    return control.world().at("/platform/config/HOSTER_CURRENCY/applied").asText();
  }

  @Test
  void changesAppliesAndCompares() {
    String evidence = done(bench.attempt(task));
    done(bench.attempt(task));

    assertEquals("EUR", chosen());
    assertEquals(1, control.count("platform", "administration.config.ChangeConfigKey"));
    assertEquals(1, control.count("platform", "administration.config.ApplyConfig"));
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

    assertEquals("EUR", chosen());
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
    assertEquals(0, control.count("platform", "administration.config.ApplyConfig"));
    done(bench.after(Duration.ofHours(36)).attempt(task));
  }

  @ParameterizedTest
  @ValueSource(strings = {"GetConfigKeys", "ChangeConfigKey"})
  void isAPersonsWithoutPermission(String method) {
    SANDBOX.deny(PLATFORM_TOKEN, "administration.config." + method);
    waitsFor("set-main-currency", bench.attempt(task));

    Outcome.Waiting again =
        waitsFor("set-main-currency", bench.answer("set-main-currency").attempt(task));
    assertEquals("currency.differs", again.problem().code());

    choose("EUR");
    done(bench.after(Duration.ofMinutes(1)).answer("set-main-currency").attempt(task));
  }

  @Test
  void isAPersonsWhereThePlatformHasNoSuchSetting() {
    control.patchWorld("{\"platform\":{\"config\":{\"HOSTER_CURRENCY\":null}}}");

    waitsFor("set-main-currency", bench.attempt(task));
  }

  @Test
  void namesRatesThatDiffer() {
    choose("EUR");
    quote("1.09", "0.80");

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
    choose("EUR");
    quote("0.9259", "1.1834");

    assertTrue(done(bench.attempt(task)).contains("quoted as main currency per unit"));
  }

  @Test
  void namesAnUnknownCurrencyAndAStaleReference() {
    bench.element("currency", "{\"code\":\"XYZ\"}");
    failed("currency.unknown", "slipway", "currency.code", bench.attempt(task));

    bench.element("currency", "{\"code\":\"EUR\"}");
    control.patchWorld("{\"exchange-rates\":{\"day\":\"2026-11-02\"}}");
    failed("currency.reference-stale", "exchange-rates", "currency", bench.attempt(task));
  }

  @Test
  void aReferenceThatIsNoTableIsNotUnderstood() {
    choose("EUR");
    control.fault(Fault.of("exchange-rates", "", 0, Fault.Kind.HTML));
    failed("exchange-rates.not-understood", "exchange-rates", "currency", bench.attempt(task));
    control.clearFaults();
    control.fault(Fault.of("exchange-rates", "", 0, Fault.Kind.STATUS_429));
    failed("exchange-rates.rate-limited", "exchange-rates", "currency", bench.attempt(task));
  }

  @Test
  void aPersonComparesWhatTheReferenceDoesNotQuote() {
    choose("UAH");
    bench.element("currency", "{\"code\":\"UAH\"}");

    waitsFor("compare-rates", bench.attempt(task));
    done(bench.answer("compare-rates").attempt(task));
  }
}
