package dev.slipway.enterprise.cloudconnectors;

import dev.slipway.ledger.TaskKey;
import dev.slipway.systems.maestrano.Connector;
import dev.slipway.systems.maestrano.DeveloperPlatform;
import dev.slipway.systems.maestrano.DeveloperPlatform.Marketplace;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.systems.net.SystemTrouble;
import dev.slipway.systems.net.SystemTrouble.Kind;
import dev.slipway.systems.sidekiq.SidekiqWeb;
import dev.slipway.task.Finding;
import dev.slipway.task.UnmetRequirement;
import dev.slipway.task.Work;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** The looks at a connector under its host; none changes anything. */
final class RunningConnector {
  /** An app that has just been made starts within minutes. */
  private static final Duration STARTS = Duration.ofMinutes(10);

  private static final Set<Kind> NO_VERSION = Set.of(Kind.NOT_FOUND, Kind.NOT_UNDERSTOOD);

  private final Work work;
  private final HttpPort http;
  private final OnPremiseConnector place;
  private final Connector connector;

  RunningConnector(Work work, HttpPort http, OnPremiseConnector place) {
    this.work = work;
    this.http = http;
    this.place = place;
    this.connector = new Connector(http, place.host());
  }

  /** It tells its version and the environment that it runs as. */
  Finding version() {
    Connector.Version version;
    try {
      version = connector.version();
    } catch (SystemTrouble trouble) {
      if (!NO_VERSION.contains(trouble.kind())) {
        throw trouble;
      }
      throw unmet(
              "no-version",
              trouble.getMessage(),
              "See on Nex! that the app runs, and that it is built on the connectors' framework")
          .lookedAtAgain(work.now().plus(STARTS));
    }
    boolean fits =
        place.environment().equals("production")
            ? version.environment().equals("production")
            : !Set.of("development", "test").contains(version.environment());
    if (!fits) {
      throw unmet(
          "other-environment",
          "The connector of "
              + TaskKey.place(place.environment())
              + " runs as "
              + version.environment()
              + ".",
          "Set RAILS_ENV on Nex!, and restart the app");
    }
    return new Finding(
        "GET /version.json",
        place.host(),
        "framework " + version.framework() + ", environment " + version.environment());
  }

  /** It lets our marketplace in, and nobody without keys. */
  Finding knowsUs() {
    Marketplace ours = marketplace();
    if (!connector.isClosed()) {
      throw unmet(
          "open",
          "The connector shows its organisations to who has no keys.",
          "Deploy an image that asks for the marketplace's keys");
    }
    int organizations;
    try {
      organizations = connector.organizations(ours.apiId(), ours.apiKey()).size();
    } catch (SystemTrouble trouble) {
      if (trouble.kind() != Kind.AUTHENTICATION_FAILED) {
        throw trouble;
      }
      throw unmet(
          "marketplace-unknown",
          "The connector does not know the marketplace " + ours.name() + ".",
          "Restart it: it reads its marketplaces as it starts");
    }
    return new Finding(
        "GET /maestrano/api/organizations",
        place.host(),
        ours.name() + " is let in, with " + organizations + " organisation(s); strangers are not");
  }

  /**
   * Its page of jobs is closed to strangers, and a worker runs.
   *
   * @param isOwn whether the login of the page is one that this task made
   */
  Finding jobs(boolean isOwn) {
    SidekiqWeb jobs = new SidekiqWeb(http, Connector.SYSTEM, place.host());
    int strangers = jobs.strangersStatus();
    if (strangers != 401) {
      throw unmet(
          "jobs-open",
          "The page of jobs answers " + strangers + " to who has no login, and 401 is due.",
          "Set SIDEKIQ_USERNAME and SIDEKIQ_PASSWORD on Nex!, and restart the app");
    }
    if (!isOwn || !work.hasSecret(ConnectorSecrets.SYSTEM)) {
      throw new SystemTrouble(
          Connector.SYSTEM,
          Kind.NOT_PERMITTED,
          "The login of the page of jobs is the vendor's own: closed to strangers, as it has to be.",
          "GET /sidekiq",
          place.host(),
          "HTTP " + strangers);
    }
    ConnectorSecrets secrets = ConnectorSecrets.of(work.secret(ConnectorSecrets.SYSTEM));
    SidekiqWeb.Stats stats = jobs.stats(secrets.jobsUser(), secrets.jobsPassword());
    if (stats.processes() < 1) {
      throw unmet(
              "no-worker",
              "No worker of the connector runs: " + stats + ".",
              "See on Nex! that the app runs Sidekiq, and that REDIS_URL leads to its Redis")
          .lookedAtAgain(work.now().plus(STARTS));
    }
    return new Finding(
        "GET /sidekiq/stats", place.host(), stats + "; strangers are answered " + strangers);
  }

  private Marketplace marketplace() {
    String hub = work.element("component-hosts").path(place.environment()).path("mnohub").asText();
    DeveloperPlatform platform = place.platform(work, http);
    Optional<Marketplace> ours =
        platform.marketplaces().stream()
            .filter(each -> each.apiHost().equalsIgnoreCase("https://" + hub))
            .findFirst();
    return ours.orElseThrow(
        () ->
            unmet(
                "not-linked",
                "The connector's environment is linked to no marketplace of " + hub + ".",
                "Link it on the developer platform"));
  }

  private UnmetRequirement unmet(String code, String message, String nextStep) {
    return new UnmetRequirement(
        Connector.SYSTEM + "." + code,
        Connector.SYSTEM,
        place.field(),
        message,
        nextStep + "; then retry.");
  }
}
