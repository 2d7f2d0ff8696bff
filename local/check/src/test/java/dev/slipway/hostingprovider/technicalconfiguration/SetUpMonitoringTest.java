package dev.slipway.hostingprovider.technicalconfiguration;

import static dev.slipway.hostingprovider.Outcomes.done;
import static dev.slipway.hostingprovider.Outcomes.failed;
import static dev.slipway.hostingprovider.Outcomes.waitsFor;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.ledger.Outcome;
import dev.slipway.local.check.RunningSandbox;
import dev.slipway.local.sandbox.SandboxControl;
import dev.slipway.task.Bench;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** V05 against the stand-ins of Prometheus and Alertmanager. */
final class SetUpMonitoringTest {
  private static final String PROMETHEUS =
      """
      {"system":"prometheus","prometheusUrl":"https://prometheus.hoster.example",
       "alertmanagerUrl":"https://alertmanager.hoster.example","receivers":["ops"]}""";
  private static final String OTHER =
      """
      {"system":"other","name":"Zabbix","link":"https://zabbix.b.example/d/1",
       "receivers":["ops"]}""";

  @RegisterExtension static final RunningSandbox SANDBOX = new RunningSandbox();

  private final SandboxControl control = SANDBOX.control();
  private final SetUpMonitoring task = new SetUpMonitoring(SANDBOX.context(), SANDBOX.parties());
  private final Bench bench =
      new Bench("technical-configuration.set-up-monitoring").element("monitoring", PROMETHEUS);

  /** Nobody logs in, and everybody's clock is right. */
  @BeforeEach
  void welcome() {
    control.patchWorld("{\"prometheus\":{\"auth\":null},\"alertmanager\":{\"auth\":null}}");
    targets("up");
    bench.after(Duration.between(bench.now(), Instant.now()));
  }

  private void targets(String... health) {
    String each = "{\"job\":\"node\",\"instance\":\"10.0.0.1:9100\",\"health\":\"%s\"}";
    control.patchWorld(
        "{\"prometheus\":{\"targets\":[%s]}}"
            .formatted(Stream.of(health).map(each::formatted).collect(Collectors.joining(","))));
  }

  private long posted() {
    return control.count("alertmanager", "POST /api/v2/alerts");
  }

  private void silence(String ids) {
    control.patchWorld("{\"alertmanager\":{\"silences\":[%s]}}".formatted(ids));
  }

  @Test
  void looksAndSendsOneAlertThatAPersonConfirms() {
    waitsFor("confirm-alert", bench.attempt(task));
    String evidence = done(bench.answer("confirm-alert").attempt(task));

    assertEquals(2, posted());
    assertTrue(evidence.contains("1 targets, all up"), evidence);
    assertTrue(evidence.contains("went to the receivers [\"operations\"]"), evidence);
    done(bench.verify(task));
    assertEquals(2, posted());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void itIsOneAlertAlthoughTheProcessDies(int notes) {
    bench.answer("confirm-alert").crashAfterNotes(notes);

    bench.attempt(task);
    done(bench.after(Duration.ofMinutes(1)).attempt(task));

    assertEquals(1, control.world().at("/alertmanager/alerts").size());
  }

  @Test
  void namesTargetsThatAreDown() {
    targets("down");

    failed(
        "monitoring.targets-down", "monitoring", "monitoring.prometheusUrl", bench.attempt(task));
  }

  @Test
  void namesStaleSamples() {
    control.patchWorld("{\"prometheus\":{\"sampleAgeSeconds\":301}}");
    failed(
        "monitoring.samples-stale", "monitoring", "monitoring.prometheusUrl", bench.attempt(task));

    bench.element("monitoring", PROMETHEUS.replace("{", "{\"freshSeconds\":60,"));
    control.patchWorld("{\"prometheus\":{\"sampleAgeSeconds\":61}}");
    failed(
        "monitoring.samples-stale", "monitoring", "monitoring.prometheusUrl", bench.attempt(task));
  }

  @Test
  void namesAnAlertThatIsNotListed() {
    // An Alertmanager whose clock is ahead takes the alert for one that is over.
    bench.after(Duration.ofHours(-1));

    failed(
        "monitoring.alert-not-seen",
        "monitoring",
        "monitoring.alertmanagerUrl",
        bench.attempt(task));
    bench.after(Duration.ofHours(1));
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
    targets("unknown");
    failed(
        "monitoring.targets-unscraped",
        "monitoring",
        "monitoring.prometheusUrl",
        bench.attempt(task));
    targets("up", "unknown");
    waitsFor("confirm-alert", bench.attempt(task));
    String evidence = done(bench.answer("confirm-alert").attempt(task));
    assertTrue(evidence.contains("2 targets, 1 up, 1 not scraped yet"), evidence);
  }

  @Test
  void aSilencedAlertReachedNobody() {
    silence("\"5d-1\"");
    Outcome outcome = bench.attempt(task);
    failed("monitoring.alert-not-seen", "monitoring", "monitoring.alertmanagerUrl", outcome);
    assertTrue(outcome.toString().contains("silenced by 5d-1"), outcome.toString());
    silence("");
    waitsFor("confirm-alert", bench.attempt(task));
  }

  @Test
  void namesALoginThatIsNotAccepted() {
    control.patchWorld(
        "{\"prometheus\":{\"auth\":{\"user\":\"slipway\",\"password\":\"another\"}}}");
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
}
