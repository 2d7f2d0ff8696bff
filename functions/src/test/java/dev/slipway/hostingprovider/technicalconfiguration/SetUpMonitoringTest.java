package dev.slipway.hostingprovider.technicalconfiguration;

import static dev.slipway.hostingprovider.Outcomes.done;
import static dev.slipway.hostingprovider.Outcomes.failed;
import static dev.slipway.hostingprovider.Outcomes.waitsFor;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.context.FunctionContext;
import dev.slipway.ledger.Outcome;
import dev.slipway.systems.net.HttpAnswer;
import dev.slipway.systems.net.HttpCall;
import dev.slipway.task.Bench;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SetUpMonitoringTest {
  private static final String PROMETHEUS =
      """
      {"system":"prometheus","prometheusUrl":"https://prometheus.b.example",
       "alertmanagerUrl":"https://alertmanager.b.example","receivers":["ops"]}""";
  private static final String OTHER =
      """
      {"system":"other","name":"Zabbix","link":"https://zabbix.b.example/d/1",
       "receivers":["ops"]}""";

  private final List<String> posted = new ArrayList<>();
  private String health = "up";
  private boolean silenced;
  private String standing = "";
  private int status = 200;
  private Instant newest = Instant.parse("2026-11-24T09:59:30Z");

  private final FakeParties parties =
      new FakeParties()
          .host("prometheus.b.example", this::prometheus)
          .host("alertmanager.b.example", this::alertmanager);
  private final SetUpMonitoring task =
      new SetUpMonitoring(FunctionContext.of(Map.of(), InstantSource.system()), parties);
  private final Bench bench =
      new Bench("technical-configuration.set-up-monitoring").element("monitoring", PROMETHEUS);

  @Test
  void looksAndSendsOneAlertThatAPersonConfirms() {
    waitsFor("confirm-alert", bench.attempt(task));
    String evidence = done(bench.answer("confirm-alert").attempt(task));

    assertEquals(2, posted.size(), posted::toString);
    assertTrue(evidence.contains("1 targets, all up"), evidence);
    assertTrue(evidence.contains("went to the receivers [\"ops-mail\"]"), evidence);
    done(bench.verify(task));
    assertEquals(2, posted.size());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void itIsOneAlertAlthoughTheProcessDies(int notes) {
    bench.answer("confirm-alert").crashAfterNotes(notes);

    bench.attempt(task);
    done(bench.after(Duration.ofMinutes(1)).attempt(task));

    String label = "\"slipway_test\":\"([a-z0-9-]+)\"";
    assertEquals(
        1,
        posted.stream()
            .map(body -> body.replaceAll("(?s).*" + label + ".*", "$1"))
            .distinct()
            .count(),
        posted::toString);
  }

  @Test
  void namesTargetsThatAreDown() {
    health = "down";

    failed(
        "monitoring.targets-down", "monitoring", "monitoring.prometheusUrl", bench.attempt(task));
  }

  @Test
  void namesStaleSamples() {
    newest = Instant.parse("2026-11-24T09:54:59Z");

    failed(
        "monitoring.samples-stale", "monitoring", "monitoring.prometheusUrl", bench.attempt(task));
  }

  @Test
  void namesAnAlertThatIsNotListed() {
    silenced = true;

    failed(
        "monitoring.alert-not-seen",
        "monitoring",
        "monitoring.alertmanagerUrl",
        bench.attempt(task));
    silenced = false;
    waitsFor("confirm-alert", bench.attempt(task));
  }

  @Test
  void asksForACredentialThatWasDeleted() {
    bench.secret("monitoring", "{\"user\":\"slipway\",\"password\":\"watch-it-well\"}");
    bench.withoutSecrets();

    Outcome outcome = bench.attempt(task);

    Outcome.Waiting waiting = assertInstanceOf(Outcome.Waiting.class, outcome);
    assertEquals("credential.gone", waiting.problem().code());
    assertEquals("credential:monitoring", waiting.problem().field());
  }

  @Test
  void whatWasNotScrapedYetIsNotDown() {
    health = "unknown";
    failed(
        "monitoring.targets-unscraped",
        "monitoring",
        "monitoring.prometheusUrl",
        bench.attempt(task));
    health = "up\"},{\"health\":\"unknown";
    waitsFor("confirm-alert", bench.attempt(task));
    String evidence = done(bench.answer("confirm-alert").attempt(task));
    assertTrue(evidence.contains("2 targets, 1 up, 1 not scraped yet"), evidence);
  }

  @Test
  void aSilencedAlertReachedNobody() {
    standing =
        ",\"status\":{\"state\":\"suppressed\",\"silencedBy\":[\"5d-1\"],\"inhibitedBy\":[]}";
    Outcome outcome = bench.attempt(task);
    failed("monitoring.alert-not-seen", "monitoring", "monitoring.alertmanagerUrl", outcome);
    assertTrue(outcome.toString().contains("silenced by 5d-1"), outcome.toString());
    standing = ",\"status\":{\"state\":\"active\",\"silencedBy\":[],\"inhibitedBy\":[]}";
    waitsFor("confirm-alert", bench.attempt(task));
  }

  @Test
  void namesALoginThatIsNotAccepted() {
    status = 401;
    bench.secret("monitoring", "{\"user\":\"slipway\",\"password\":\"watch-it-well\"}");

    failed(
        "monitoring.authentication-failed",
        "monitoring",
        "credential:monitoring",
        bench.attempt(task));
  }

  @Test
  void anotherSystemIsStatedWithALink() {
    bench.element("monitoring", OTHER);
    waitsFor("state-monitoring", bench.attempt(task));

    Outcome.Waiting again =
        waitsFor(
            "state-monitoring",
            bench.answer("state-monitoring", "{\"link\":\"see my desk\"}").attempt(task));
    assertEquals("monitoring.link", again.problem().code());

    String evidence =
        done(bench.after(Duration.ofMinutes(1)).answer("state-monitoring").attempt(task));
    assertTrue(evidence.contains("attested: https://zabbix.b.example/d/1"), evidence);
  }

  @Test
  void aPrivatePrometheusIsSeenByAProbeRunner() {
    bench.element("monitoring", PROMETHEUS.replace("{", "{\"network\":\"private\","));
    waitsFor("check-targets", bench.attempt(task));

    bench.seesFromInside(probe -> sight("1", bench.now().minusSeconds(10)));
    Outcome.Failed down = (Outcome.Failed) bench.attempt(task);
    assertEquals("monitoring.targets-down", down.problem().code());
    assertTrue(down.evidence().getLast().answer().contains("down 1"), down.toString());

    bench.seesFromInside(probe -> sight("0", bench.now().minusSeconds(1000)));
    Outcome.Failed stale = (Outcome.Failed) bench.attempt(task);
    assertEquals("monitoring.samples-stale", stale.problem().code());

    bench.seesFromInside(probe -> sight("0", bench.now().minusSeconds(10)));
    waitsFor("state-monitoring", bench.attempt(task));
    String evidence = done(bench.answer("state-monitoring").attempt(task));
    assertTrue(evidence.contains("PROBE_RUNNER"), evidence);
  }

  @Test
  void aPrivatePrometheusIsStatedWhereNoRunnerMayRun() {
    bench.element("monitoring", PROMETHEUS.replace("{", "{\"network\":\"private\","));

    waitsFor("check-targets", bench.attempt(task));
    waitsFor("state-monitoring", bench.answer("check-targets").attempt(task));
    done(bench.answer("state-monitoring").attempt(task));
  }

  private static Map<String, String> sight(String down, Instant newest) {
    return Map.of(
        "version", "3.5",
        "targets", "4",
        "down", down,
        "downTargets", "node 10.0.0.1:9100",
        "newestSample", newest.toString());
  }

  private HttpAnswer prometheus(HttpCall call) {
    String path = call.uri().getPath();
    if (path.endsWith("/query")) {
      return FakePlatform.answer(
          call,
          status,
          "{\"status\":\"success\",\"data\":{\"result\":[{\"value\":[0,\""
              + newest.getEpochSecond()
              + "\"]}]}}");
    }
    return FakePlatform.answer(
        call,
        status,
        "{\"status\":\"success\",\"data\":{\"version\":\"3.5\",\"activeTargets\":[{\"health\":\""
            + health
            + "\",\"scrapeUrl\":\"http://10.0.0.1:9100\",\"labels\":{\"job\":\"node\"}}]}}");
  }

  private HttpAnswer alertmanager(HttpCall call) {
    if (call.method().equals("POST")) {
      posted.add(call.body().text());
      return FakePlatform.answer(call, 200, "");
    }
    String id = posted.getLast().replaceAll("(?s).*\"slipway_test\":\"([a-z0-9-]+)\".*", "$1");
    return FakePlatform.answer(
        call,
        200,
        silenced
            ? "[]"
            : "[{\"labels\":{\"slipway_test\":\""
                + id
                + "\"}"
                + standing
                + ",\"receivers\":[{\"name\":\"ops-mail\"}]}]");
  }
}
