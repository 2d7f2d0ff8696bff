package dev.slipway.enterprise.performancemonitoring;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.enterprise.StatedLinks;
import dev.slipway.ledger.Party;
import dev.slipway.systems.maestrano.Ping;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.systems.net.SystemTrouble.Kind;
import dev.slipway.systems.prometheus.PrometheusClient;
import dev.slipway.systems.prometheus.Targets;
import dev.slipway.task.Finding;
import dev.slipway.task.PersonStep;
import dev.slipway.task.UnmetRequirement;
import dev.slipway.task.Work;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The platform is watched by another system than New Relic. People state what they have set up,
 * each with a link; a Prometheus that can be asked without a login is looked at instead. Pings are
 * the machine's own.
 */
final class OtherMonitoring {
  private static final String ELEMENT = EnvironmentAccount.ELEMENT;
  private static final Duration NEWEST = Duration.ofMinutes(10);
  private static final Duration LOOK_AGAIN = Duration.ofMinutes(5);

  /** After these a person states what a machine cannot look at. */
  private static final Set<Kind> LEFT_TO_PERSON =
      Set.of(
          Kind.AUTHENTICATION_FAILED,
          Kind.NOT_PERMITTED,
          Kind.NOT_FOUND,
          Kind.NOT_UNDERSTOOD,
          Kind.ADDRESS_REFUSED,
          Kind.NAME_UNKNOWN,
          Kind.CERTIFICATE);

  private final Work work;
  private final HttpPort http;
  private final InstantSource clock;

  OtherMonitoring(Work work, HttpPort http, InstantSource clock) {
    this.work = work;
    this.http = http;
    this.clock = clock;
  }

  void perform() {
    work.step("other")
        .about(ELEMENT, MonitoringUsers.ELEMENT)
        .field(ELEMENT)
        .person(statement -> StatedLinks.of(statement, ELEMENT, "account", "users"));
    PersonStep reporting =
        work.step("agents").about(ELEMENT).askedOf(Party.CUSTOMER).field(ELEMENT + ".link");
    if (isPrometheus()) {
      reporting
          .leftToPerson(LEFT_TO_PERSON)
          .machine(this::targets)
          .orPerson(statement -> StatedLinks.of(statement, ELEMENT, "agents", "servers"));
    } else {
      reporting.person(statement -> StatedLinks.of(statement, ELEMENT, "agents", "servers"));
    }
    work.step("synthetics").field("component-hosts").machine(this::pings);
  }

  void verify() {
    if (isPrometheus() && work.answer("agents").isEmpty()) {
      work.proof(ELEMENT, this::targets);
    }
    work.proof("component-hosts", this::pings);
  }

  private boolean isPrometheus() {
    JsonNode element = work.element(ELEMENT);
    return element.path("name").asText().equalsIgnoreCase("prometheus") && element.has("link");
  }

  private Finding targets() {
    PrometheusClient prometheus =
        new PrometheusClient(
            http, URI.create(work.element(ELEMENT).path("link").asText()), Optional.empty());
    Targets targets = prometheus.targets();
    Optional<Instant> newest = prometheus.newestSample();
    if (targets.up() == 0 || targets.down() > 0) {
      throw unmet(
          "monitoring.targets-down",
          ELEMENT,
          "Prometheus reads %d target(s), of which %d are down: %s."
              .formatted(targets.active(), targets.down(), String.join(", ", targets.firstDown())),
          "Have each machine and each component answer Prometheus.");
    }
    if (newest.filter(at -> at.isAfter(clock.instant().minus(NEWEST))).isEmpty()) {
      throw unmet(
          "monitoring.no-samples",
          ELEMENT,
          "The newest sample of Prometheus is "
              + newest.map(at -> "of " + at).orElse("missing")
              + ".",
          "Look why Prometheus reads its targets no more.");
    }
    return new Finding(
        "GET /api/v1/targets, newest sample",
        prometheus.against(),
        "%d target(s) up, newest sample of %s".formatted(targets.up(), newest.orElseThrow()));
  }

  private Finding pings() {
    List<String> failed = new ArrayList<>();
    Map<String, String> addresses = new PingAddresses(work).all();
    addresses.forEach(
        (host, path) -> {
          if (!Ping.of(http, "platform", host, path).isOk()) {
            failed.add(host);
          }
        });
    if (!failed.isEmpty()) {
      throw unmet(
          "monitoring.no-ping",
          "component-hosts",
          "These do not answer their ping: " + String.join(", ", failed) + ".",
          "Look at the load balancer and at the hosts behind it.");
    }
    return new Finding(
        "GET /ping, /mnoe/ping", "the platform", addresses.size() + " host(s) answer their ping");
  }

  private UnmetRequirement unmet(String code, String field, String message, String next) {
    return new UnmetRequirement(
            code, ELEMENT, field, message, next + " It is looked at again by itself.")
        .lookedAtAgain(work.now().plus(LOOK_AGAIN));
  }
}
