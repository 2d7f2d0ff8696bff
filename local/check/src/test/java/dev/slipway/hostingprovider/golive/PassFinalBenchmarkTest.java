package dev.slipway.hostingprovider.golive;

import static dev.slipway.hostingprovider.Outcomes.done;
import static dev.slipway.hostingprovider.Outcomes.waitsFor;
import static dev.slipway.local.sandbox.world.SandboxDefaults.PLATFORM_DOMAIN;
import static dev.slipway.local.sandbox.world.SandboxDefaults.TEST_CUSTOMER_TOKEN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.ledger.Answer;
import dev.slipway.ledger.Outcome;
import dev.slipway.ledger.Party;
import dev.slipway.local.check.RunningSandbox;
import dev.slipway.task.Bench;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** V16 against the stand-ins of the platform and of a portal. */
final class PassFinalBenchmarkTest {
  private static final String WINDOW =
      """
      {"days":["MONDAY","TUESDAY","WEDNESDAY","THURSDAY","FRIDAY","SATURDAY","SUNDAY"],
       "at":"00:00","minutes":1440,"zone":"UTC"}""";

  @RegisterExtension static final RunningSandbox SANDBOX = new RunningSandbox();

  private final FakeDossier dossier = new FakeDossier();
  private final String file = dossier.keep("o", "report.pdf", "measured");
  private final PassFinalBenchmark task =
      new PassFinalBenchmark(SANDBOX.context(), SANDBOX.parties(), dossier, dossier);
  private final Bench bench =
      new Bench("go-live.pass-final-benchmark")
          .element("platform", "{\"domain\":\"%s\"}".formatted(PLATFORM_DOMAIN))
          .element("test-mailbox", "{\"address\":\"test@hoster.example\"}")
          .element(
              "single-sign-on", "{\"portal\":\"https://billing.hoster.example/clientarea.php\"}")
          .element("currency", "{\"code\":\"EUR\"}")
          .element("maintenance-window", WINDOW)
          .element("onboarding-manager", "{\"name\":\"Mia\",\"channel\":\"mia@v.example\"}")
          .element(
              "final-benchmark",
              "{\"hosts\":[\"hn1\"],\"criteria\":[\"fast\",\"steady\"],\"leadTimeDays\":2}")
          .secret("test-customer", "{\"token\":\"%s\"}".formatted(TEST_CUSTOMER_TOKEN));

  @BeforeEach
  void prepare() {
    ReadyPlatform.in(SANDBOX);
  }

  private String report(boolean passed) {
    return """
        {"report":"%s","changes":["sysctl on hn1"],
         "results":[{"criterion":"fast","measured":"3 s","passed":%s},
                    {"criterion":"steady","measured":"0.1 %%","passed":true}]}"""
        .formatted(file, passed);
  }

  /** Up to the report of a benchmark. */
  private Outcome reported(String values) {
    bench.attempt(task);
    bench.answer("schedule", "engineer", "{\"in\":\"P2D\"}");
    bench.attempt(task);
    bench.after(Duration.ofDays(2).plusHours(1));
    waitsFor("report-benchmark", bench.attempt(task));
    return bench.answer("report-benchmark", "engineer", values).attempt(task);
  }

  private static Outcome.Waiting onTasks(Outcome outcome) {
    Outcome.Waiting waiting = assertInstanceOf(Outcome.Waiting.class, outcome, outcome::toString);
    assertEquals(Party.MACHINE, waiting.party());
    return waiting;
  }

  @Test
  void goesFromTheRequestToTheDecision() {
    waitsFor("schedule", bench.attempt(task));
    assertTrue(dossier.mails.getFirst().contains("- steady"), dossier.mails::toString);
    Outcome.Waiting waiting = onTasks(reported(report(true)));
    assertEquals(4, waiting.dependsOn().size());
    dossier.lookAgain();
    waitsFor("journey-mail", bench.attempt(task));
    waitsFor("decide", bench.answer("journey-mail").answer("journey-invoice").attempt(task));
    String evidence = done(bench.answer("decide").attempt(task));

    assertTrue(evidence.contains("fast (3 s); steady (0.1 %)"), evidence);
    assertTrue(evidence.contains("Changed on the platform: sysctl on hn1"), evidence);
    assertTrue(evidence.contains("verified again after 2026-11-26T11:00:00Z"), evidence);
    assertTrue(evidence.contains("journey.container"), evidence);
    assertTrue(evidence.contains("decided by anna"), evidence);
    assertEquals(1, dossier.verifications);
    assertEquals(1, dossier.mails.size());
    done(bench.verify(task));
  }

  @ParameterizedTest
  @CsvSource({
    "'{}', benchmark.no-time",
    "'{\"at\":\"tomorrow\"}', benchmark.no-time",
    "'{\"in\":\"PT1H\"}', benchmark.too-early",
    "'{\"at\":\"2026-11-25T10:00:00Z\"}', benchmark.too-early"
  })
  void refusesATimeThatDoesNotFit(String values, String code) {
    bench.attempt(task);

    Outcome.Waiting again =
        waitsFor("schedule", bench.answer("schedule", "engineer", values).attempt(task));

    assertEquals(code, again.problem().code());
  }

  @Test
  void refusesATimeOutsideTheWindow() {
    bench.element(
        "maintenance-window",
        "{\"days\":[\"SUNDAY\"],\"at\":\"22:00\",\"minutes\":60,\"zone\":\"UTC\"}");
    bench.attempt(task);

    Outcome.Waiting again =
        waitsFor(
            "schedule",
            bench
                .answer("schedule", "engineer", "{\"at\":\"2026-11-28T10:00:00Z\"}")
                .attempt(task));

    assertEquals("benchmark.outside-window", again.problem().code());
  }

  @Test
  void waitsForTheAppointment() {
    bench.attempt(task);
    Outcome.Waiting waiting =
        onTasks(bench.answer("schedule", "engineer", "{\"in\":\"P3D\"}").attempt(task));

    assertEquals(Instant.parse("2026-11-27T10:00:00Z"), waiting.until());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"report\":\"nothing\",\"changes\":[],\"results\":[]}",
        "{\"report\":\"FILE\",\"results\":[]}",
        "{\"report\":\"FILE\",\"changes\":[],\"results\":[{\"criterion\":\"fast\",\"passed\":true}]}",
        "{\"report\":\"FILE\",\"changes\":[],\"results\":[{\"criterion\":\"fast\",\"passed\":true},"
            + "{\"criterion\":\"steady\",\"passed\":true,\"measured\":\" \"}]}"
      })
  void asksForWhatAReportLacks(String values) {
    Outcome.Waiting again = waitsFor("report-benchmark", reported(values.replace("FILE", file)));

    assertEquals("benchmark.report-incomplete", again.problem().code());
    assertEquals("final-benchmark.criteria", again.problem().field());
    assertEquals(0, dossier.verifications);
  }

  @Test
  void aBenchmarkThatFailedIsScheduledAgainAndThenPasses() {
    Outcome.Waiting again = waitsFor("schedule", reported(report(false)));
    assertEquals("benchmark.not-passed", again.problem().code());
    assertTrue(again.problem().message().contains("fast (3 s)"), again.problem()::message);

    bench.after(Duration.ofDays(1));
    Outcome.Waiting old =
        waitsFor(
            "report-benchmark",
            bench.answer("schedule", "engineer", "{\"in\":\"PT0S\"}").attempt(task));
    assertEquals("benchmark.not-passed", old.problem().code());
    assertEquals(Answer.Verdict.REJECTED, bench.judged("report-benchmark").orElseThrow().verdict());

    bench.after(Duration.ofHours(1)).answer("report-benchmark", "engineer", report(true));
    onTasks(bench.attempt(task));
    assertEquals(1, dossier.verifications);
  }

  @Test
  void namesTheRowThatDoesNotHoldAnyMore() {
    reported(report(true));
    dossier.lookAgain();
    dossier.breaks("technical-configuration.add-external-ips", "V02 was done, and is not any more");

    Outcome.Waiting waiting = onTasks(bench.attempt(task));

    assertEquals(List.of("technical-configuration.add-external-ips"), waiting.dependsOn());
    assertTrue(waiting.instructions().contains("V02 was done, and is not any more"));
    assertEquals(1, dossier.verifications, "an open row is not asked again");
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 4, 5, 6, 7, 8})
  void asksForTheSecondLookOnceAfterACrash(int notes) {
    bench.crashAfterNotes(notes);
    reported(report(true));
    bench.attempt(task);

    onTasks(bench.attempt(task));

    assertEquals(1, dossier.verifications);
  }

  @Test
  void aDecisionAgainstGoingLiveIsAskedAgain() {
    reported(report(true));
    dossier.lookAgain();
    bench.answer("journey-mail").answer("journey-invoice").attempt(task);

    Outcome.Waiting again =
        waitsFor("decide", bench.answer("decide", "{\"goLive\":false}").attempt(task));

    assertEquals("go-live.decided-against", again.problem().code());
    done(bench.answer("decide", "{\"goLive\":true}").attempt(task));
  }

  @Test
  void prerequisitesComeFirst() {
    bench.element(
        "final-benchmark",
        "{\"hosts\":[\"hn1\"],\"criteria\":[\"fast\"],\"leadTimeDays\":0,"
            + "\"prerequisites\":[\"SSH access\"]}");

    Outcome.Waiting asked = waitsFor("confirm-prerequisites", bench.attempt(task));

    assertTrue(asked.instructions().contains("- SSH access"));
    assertTrue(dossier.mails.isEmpty());
    waitsFor("schedule", bench.answer("confirm-prerequisites").attempt(task));
  }
}
