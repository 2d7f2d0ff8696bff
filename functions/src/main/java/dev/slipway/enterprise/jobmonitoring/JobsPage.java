package dev.slipway.enterprise.jobmonitoring;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.probe.Probe;
import dev.slipway.probe.ProbeResult;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.systems.net.SystemTrouble;
import dev.slipway.systems.net.SystemTrouble.Kind;
import dev.slipway.systems.sidekiq.SidekiqCredentialTest;
import dev.slipway.systems.sidekiq.SidekiqWeb;
import dev.slipway.systems.web.PageHead;
import dev.slipway.task.Finding;
import dev.slipway.task.UnmetRequirement;
import dev.slipway.task.Work;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The page of jobs of a component, {@code /sidekiq}. Connec! asks for a login by HTTP Basic; the
 * hub leads who is no administrator to its login page, or denies that there is a page (Devise, as
 * in mno-enterprise's README; the hub's own code is not public).
 */
final class JobsPage {
  static final String CONNEC = "connec";

  private static final Duration LOOK_AGAIN = Duration.ofMinutes(15);

  /** What is answered to strangers, by component. */
  private static final Map<String, Set<Integer>> CLOSED =
      Map.of(CONNEC, Set.of(401), "mnohub", Set.of(302, 401, 404));

  private final Work work;
  private final String component;
  private final SidekiqWeb web;

  JobsPage(Work work, HttpPort http, String component) {
    this.work = work;
    this.component = component;
    String host =
        work.element("component-hosts").path(work.at("environment")).path(component).asText();
    this.web = new SidekiqWeb(http, component, host);
  }

  /** The element that names its host. */
  String field() {
    return "component-hosts." + work.at("environment") + "." + component;
  }

  /** Strangers do not see the jobs. */
  Finding closed() {
    return closed(web.strangers());
  }

  /** The look of a probe runner, where only the inside reaches the page. */
  Probe asStranger() {
    return new Probe.HttpStatus(web.page());
  }

  /** What the runner saw. */
  List<Finding> closed(ProbeResult seen) {
    return List.of(closed(new PageHead(Integer.parseInt(seen.fact("status")), seen.fact("title"))));
  }

  private Finding closed(PageHead strangers) {
    if (SidekiqWeb.showsJobs(strangers)) {
      throw unmet(
          "jobs-open",
          field(),
          "%s shows its jobs to everybody: %s.".formatted(web.page(), strangers),
          "Close it at once: jobs hold customers' data. Set its login, and redeploy; it is looked at"
              + " again by itself.");
    }
    if (!CLOSED.get(component).contains(strangers.status())) {
      throw unmet(
          "no-jobs-page",
          field(),
          "%s answers who has no login with %s; %s is due."
              .formatted(web.page(), strangers, CLOSED.get(component).stream().sorted().toList()),
          "Mount the page of jobs behind its login, and redeploy; it is looked at again by itself.");
    }
    return new Finding("GET /sidekiq without a login", web.against(), strangers.toString());
  }

  /** A worker runs. */
  Finding worker() {
    SidekiqWeb.Stats stats = stats();
    if (stats.processes() < 1) {
      throw unmet(
          "no-worker",
          field(),
          "No worker of " + component + " runs: " + stats + ".",
          "Start its workers, and see that they reach Redis; it is looked at again by itself.");
    }
    return new Finding(
        "GET /sidekiq/stats",
        web.against(),
        stats + (stats.dead() > 0 ? "; warning: look why jobs died" : ""));
  }

  /** The login that is kept here opens it. */
  Finding login() {
    return new Finding("GET /sidekiq/stats", web.against(), "the login is taken; " + stats());
  }

  private SidekiqWeb.Stats stats() {
    JsonNode login = work.secret(SidekiqCredentialTest.SYSTEM);
    try {
      return web.stats(login.path("user").asText(), login.path("password").asText());
    } catch (SystemTrouble trouble) {
      if (trouble.kind() != Kind.AUTHENTICATION_FAILED) {
        throw trouble;
      }
      throw unmet(
          "jobs-login",
          "credential:%s@%s".formatted(SidekiqCredentialTest.SYSTEM, work.at("environment")),
          web.page() + " does not take the login any more.",
          "Store the login that it has now; and have its readers told where it is kept.");
    }
  }

  private UnmetRequirement unmet(String code, String field, String message, String nextStep) {
    return new UnmetRequirement(component + "." + code, component, field, message, nextStep)
        .lookedAtAgain(work.now().plus(LOOK_AGAIN));
  }
}
