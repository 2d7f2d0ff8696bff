package dev.slipway.hostingprovider.golive;

import dev.slipway.context.FunctionContext;
import dev.slipway.hostingprovider.RefusingParties;
import dev.slipway.hostingprovider.Restatement;
import dev.slipway.hostingprovider.Restatement.Change;
import dev.slipway.task.Bench;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A statement holds only for what it was said about: V15 and V16. */
final class GoLiveStatementsTest {
  private static final String SECTION = "go-live";
  private static final String ALWAYS =
      """
      {"days":["MONDAY","TUESDAY","WEDNESDAY","THURSDAY","FRIDAY","SATURDAY","SUNDAY"],
       "at":"00:00","minutes":1440,"zone":"UTC"}""";
  private static final String LATER = ALWAYS.replace("1440", "1380");
  private static final String OTHER_PLATFORM = "{\"domain\":\"b.example\"}";

  private static final String BENCHMARK =
      """
      {"hosts":["hn1"],"criteria":["fast"],"prerequisites":["a window"],"leadTimeDays":1}""";
  private static final List<String> JOURNEY =
      List.of(
          "journey-sign-up",
          "journey-mail",
          "journey-container",
          "journey-upload",
          "journey-address",
          "journey-restore",
          "journey-usage",
          "journey-invoice",
          "journey-single-sign-on",
          "journey-clean-up");

  private static Change journey(
      String task, String element, String value, List<String> before, String... after) {
    return new Change(
        task,
        element,
        value,
        Stream.of(before, JOURNEY, List.of(after)).flatMap(List::stream).toList());
  }

  static List<Change> changes() {
    String over = "hand-over";
    String benchmark = "pass-final-benchmark";
    String mailbox = "{\"address\":\"other@a.example\"}";
    String docker = "{\"user\":\"hoster\",\"plan\":\"pro\"}";
    String portal = "{\"portal\":\"https://portal.a.example/area\"}";
    List<String> anew = List.of("request-benchmark", "schedule", "report-benchmark");
    return List.of(
        journey(over, "platform", OTHER_PLATFORM, List.of(), "deliver-pack", "acknowledge"),
        journey(over, "test-mailbox", mailbox, List.of(), "deliver-pack", "acknowledge"),
        journey(over, "docker-account", docker, List.of(), "deliver-pack", "acknowledge"),
        journey(over, "single-sign-on", portal, List.of(), "deliver-pack", "acknowledge"),
        Change.of(
            over,
            "onboarding-manager",
            "{\"name\":\"Max\",\"channel\":\"the tickets\"}",
            "deliver-pack",
            "acknowledge"),
        Change.of(
            over,
            "onboarding-manager",
            "{\"name\":\"Mia\",\"channel\":\"the chat\"}",
            "deliver-pack"),
        journey(
            benchmark,
            "platform",
            OTHER_PLATFORM,
            List.of("confirm-prerequisites", "request-benchmark", "schedule", "report-benchmark"),
            "decide"),
        journey(benchmark, "test-mailbox", mailbox, List.of(), "decide"),
        journey(benchmark, "docker-account", docker, List.of(), "decide"),
        journey(benchmark, "single-sign-on", portal, List.of(), "decide"),
        Change.of(
            benchmark,
            "onboarding-manager",
            "{\"name\":\"Mia\",\"channel\":\"the chat\"}",
            "request-benchmark"),
        Change.of(
            benchmark,
            "final-benchmark",
            BENCHMARK.replace("a window", "a key"),
            "confirm-prerequisites",
            "request-benchmark"),
        Change.of(benchmark, "final-benchmark", BENCHMARK.replace(":1", ":0"), "request-benchmark"),
        journey(benchmark, "final-benchmark", BENCHMARK.replace("hn1", "hn2"), anew, "decide"),
        journey(
            benchmark,
            "final-benchmark",
            BENCHMARK.replace("\"fast\"", "\"quick\""),
            List.of("request-benchmark", "report-benchmark"),
            "decide"),
        journey(benchmark, "maintenance-window", LATER, anew, "decide"));
  }

  /** Without a test customer's token, and with a channel that only people use. */
  private static Restatement task(String task) {
    FakeDossier dossier = new FakeDossier();
    RefusingParties parties = new RefusingParties();
    String file = dossier.keep("o", "report.pdf", "measured");
    FunctionContext context = FunctionContext.of(Map.of(), InstantSource.system());
    Bench bench =
        new Bench(SECTION + "." + task)
            .element("platform", "{\"domain\":\"a.example\"}")
            .element("test-mailbox", "{\"address\":\"test@a.example\"}")
            .element("docker-account", "{\"user\":\"hoster\",\"plan\":\"team\"}")
            .element("single-sign-on", "{\"portal\":\"https://billing.a.example/area\"}")
            .element("onboarding-manager", "{\"name\":\"Mia\",\"channel\":\"the tickets\"}")
            .element("final-benchmark", BENCHMARK)
            .element("maintenance-window", ALWAYS);
    String report =
        """
        {"report":"%s","changes":[],
         "results":[{"criterion":"fast","measured":"3 s","passed":true},
                    {"criterion":"quick","measured":"3 s","passed":true}]}"""
            .formatted(file);
    return new Restatement(
        bench,
        task.equals("hand-over")
            ? new HandOver(context, parties, dossier, dossier)
            : new PassFinalBenchmark(context, parties, dossier, dossier),
        Map.of("schedule", "{\"in\":\"P2D\"}", "report-benchmark", report),
        step -> {
          if (step.isEmpty()) {
            dossier.lookAgain();
          }
        });
  }

  @Test
  void leavesNoInputOut() {
    Restatement.assertComplete(SECTION, changes());
  }

  @ParameterizedTest
  @MethodSource("changes")
  void whatRestsOnAChangeIsAskedAgainAndNothingElse(Change change) {
    task(change.task()).check(change);
  }
}
