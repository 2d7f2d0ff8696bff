package dev.slipway.hostingprovider.technicalconfiguration;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.context.FunctionContext;
import dev.slipway.hostingprovider.Network;
import dev.slipway.hostingprovider.ThirdParties;
import dev.slipway.ledger.Answer;
import dev.slipway.probe.Probe;
import dev.slipway.systems.prometheus.AlertmanagerClient;
import dev.slipway.systems.prometheus.BasicLogin;
import dev.slipway.systems.prometheus.PrometheusClient;
import dev.slipway.systems.prometheus.Targets;
import dev.slipway.task.Finding;
import dev.slipway.task.TaskFunction;
import dev.slipway.task.UnmetRequirement;
import dev.slipway.task.Work;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * V05: the platform is monitored. Prometheus and Alertmanager are asked: targets up, samples fresh,
 * a test alert on its way. Of a Prometheus inside the network a probe runner sees the first two,
 * and the rest is stated, as is another system.
 */
public final class SetUpMonitoring extends TaskFunction {
  private static final String FIELD = "monitoring";
  private static final String PROMETHEUS = "monitoring.prometheusUrl";
  private static final String LINK = "monitoring.link";
  private static final int FRESH_SECONDS = 300;
  private static final String MEND =
      "Mend the targets, or take them out of the configuration; then retry.";

  private final ThirdParties parties;

  /** For Lambda. */
  public SetUpMonitoring() {
    this(FunctionContext.lambda());
  }

  public SetUpMonitoring(FunctionContext context) {
    this(context, new Network(context.egress()));
  }

  SetUpMonitoring(FunctionContext context, ThirdParties parties) {
    super(context);
    this.parties = parties;
  }

  @Override
  protected void perform(Work work) {
    look(work);
    if (isAsked(work)) {
      AlertmanagerClient alertmanager =
          new AlertmanagerClient(parties.http(), url(work, "alertmanagerUrl"), login(work));
      work.step("send-test-alert")
          .field("monitoring.alertmanagerUrl")
          .machine(() -> new AlertTrial(work, alertmanager).run());
    }
  }

  @Override
  protected void verify(Work work) {
    look(work);
    if (isAsked(work)) {
      work.step("confirm-alert").about(FIELD).attested();
    }
  }

  private static boolean isAsked(Work work) {
    JsonNode element = work.element(FIELD);
    return element.path("system").asText().equals("prometheus")
        && !element.path("network").asText().equals("private");
  }

  private void look(Work work) {
    if (!isAsked(work)) {
      fromInside(work);
      work.step("state-monitoring").about(FIELD).field(LINK).person(said -> stated(work, said));
      return;
    }
    PrometheusClient prometheus =
        new PrometheusClient(parties.http(), url(work, "prometheusUrl"), login(work));
    work.step("check-targets").field(PROMETHEUS).machine(() -> targets(prometheus));
    work.step("check-freshness").field(PROMETHEUS).machine(() -> fresh(work, prometheus));
  }

  /** Checks a Prometheus that only the customer's network reaches, by a probe runner. */
  private static void fromInside(Work work) {
    JsonNode element = work.element(FIELD);
    if (!element.path("system").asText().equals("prometheus")) {
      return;
    }
    Probe probe = new Probe.PrometheusStatus(url(work, "prometheusUrl"));
    work.step("check-targets")
        .about(FIELD)
        .field(PROMETHEUS)
        .probed(
            probe,
            seen ->
                List.of(
                    targets(
                        probe.against(),
                        seen.fact("version"),
                        new Targets(
                            number(seen.fact("targets")),
                            number(seen.fact("down")),
                            number(seen.fact("unscraped")),
                            List.of(seen.fact("downTargets")))),
                    fresh(
                        work,
                        probe.against(),
                        Optional.of(seen.fact("newestSample"))
                            .filter(text -> !text.isEmpty())
                            .map(Instant::parse),
                        seen.ranAt())));
  }

  private static Finding targets(PrometheusClient prometheus) {
    prometheus.ready();
    return targets(prometheus.against(), prometheus.version(), prometheus.targets());
  }

  /** A target that was not scraped yet is not down; without a scraped target nothing is proven. */
  private static Finding targets(String against, String version, Targets targets) {
    if (targets.active() == 0) {
      throw unmet("monitoring.no-targets", "Prometheus watches nothing.", MEND);
    }
    if (targets.down() > 0) {
      throw unmet(
          "monitoring.targets-down",
          targets.down()
              + " of "
              + targets.active()
              + " targets are down: "
              + String.join(", ", targets.firstDown()),
          MEND);
    }
    if (targets.up() == 0) {
      throw unmet(
          "monitoring.targets-unscraped",
          "Prometheus has not read any of its " + targets.active() + " targets yet.",
          "Retry when a scrape interval has passed.");
    }
    return new Finding(
        "readiness, targets",
        against,
        "version "
            + version
            + ", "
            + targets.active()
            + " targets, "
            + (targets.unscraped() == 0
                ? "all up"
                : targets.up() + " up, " + targets.unscraped() + " not scraped yet"));
  }

  private static UnmetRequirement unmet(String code, String message, String nextStep) {
    return new UnmetRequirement(code, "monitoring", PROMETHEUS, message, nextStep);
  }

  /** A runner of another version may leave a count out. */
  private static int number(String fact) {
    return fact.matches("\\d{1,9}") ? Integer.parseInt(fact) : 0;
  }

  private static Finding fresh(Work work, PrometheusClient prometheus) {
    return fresh(work, prometheus.against(), prometheus.newestSample(), work.now());
  }

  private static Finding fresh(Work work, String against, Optional<Instant> newest, Instant at) {
    Duration limit =
        Duration.ofSeconds(work.element(FIELD).path("freshSeconds").asInt(FRESH_SECONDS));
    if (newest.isEmpty() || newest.get().isBefore(at.minus(limit))) {
      throw unmet(
          "monitoring.samples-stale",
          newest
              .map(
                  sample ->
                      "The newest sample is of "
                          + sample
                          + ", older than "
                          + limit.toSeconds()
                          + " s.")
              .orElse("There is no sample at all."),
          "Check that Prometheus scrapes its targets and that its clock is right; then retry.");
    }
    return new Finding("newest sample", against, newest.get().toString());
  }

  private static Finding stated(Work work, Answer answer) {
    JsonNode element = work.element(FIELD);
    String link =
        Optional.ofNullable(answer.values())
            .map(values -> values.path("link").asText())
            .filter(text -> !text.isEmpty())
            .orElse(element.path("link").asText(element.path("prometheusUrl").asText()));
    if (!link.matches("https://[A-Za-z0-9.-]+(:\\d{1,5})?(/\\S*)?")) {
      throw new UnmetRequirement(
          LINK,
          "monitoring",
          LINK,
          "The link must begin with https:// and lead to a dashboard or report.",
          "State it again with such a link.");
    }
    return new Finding(
            "statement with link", element.path("name").asText("Prometheus"), "attested: " + link)
        .saidIn(answer);
  }

  private static URI url(Work work, String field) {
    return URI.create(work.element(FIELD).path(field).asText());
  }

  private static Optional<BasicLogin> login(Work work) {
    return work.hasSecret(FIELD)
        ? Optional.of(
            new BasicLogin(
                work.secret(FIELD).path("user").asText(),
                work.secret(FIELD).path("password").asText()))
        : Optional.empty();
  }
}
