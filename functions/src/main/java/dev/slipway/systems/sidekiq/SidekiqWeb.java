package dev.slipway.systems.sidekiq;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.systems.net.Destination;
import dev.slipway.systems.net.HttpAnswer;
import dev.slipway.systems.net.HttpCall;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.systems.net.Redactor;
import dev.slipway.systems.net.SystemTrouble.Kind;
import dev.slipway.systems.rest.Authentication;
import dev.slipway.systems.rest.JsonApi;
import dev.slipway.systems.web.PageHead;
import java.net.URI;

/**
 * The web page of an application's jobs, {@code https://<host>/sidekiq}, behind HTTP Basic
 * authentication. Held against Sidekiq Web 6.4.1 ({@code SidekiqIT}).
 *
 * <pre>{@code
 * SidekiqWeb jobs = new SidekiqWeb(http, "connector", "salesforce.apps.customer.example");
 * jobs.strangersStatus();              // 401: closed
 * jobs.stats(user, password);          // a worker runs if it has processes
 * }</pre>
 */
public final class SidekiqWeb {
  private static final String PAGE = "GET /sidekiq";

  private final HttpPort http;
  private final String system;
  private final URI base;

  /**
   * The numbers of a queue's state.
   *
   * @param processes workers that have sent a heartbeat in the last minute
   * @param enqueued jobs that wait
   * @param retries jobs that failed and will be tried again
   * @param dead jobs that failed for good
   */
  public record Stats(int processes, long enqueued, long retries, long dead) {
    @Override
    public String toString() {
      return processes
          + " process(es), "
          + enqueued
          + " job(s) waiting, "
          + retries
          + " to retry, "
          + dead
          + " dead";
    }
  }

  /**
   * @param system the system's name in problems
   */
  public SidekiqWeb(HttpPort http, String system, String host) {
    this.http = http;
    this.system = system;
    this.base = URI.create("https://" + host + "/");
  }

  /** The HTTP status that the page has for who gives no login: 401 where it is closed. */
  public int strangersStatus() {
    return strangers().status();
  }

  /** What the page answers who gives no login. */
  public PageHead strangers() {
    return PageHead.of(
        http.send(HttpCall.get(system, PAGE, Destination.CUSTOMER, page(), Redactor.none())));
  }

  /**
   * Whether an answer shows the jobs: a page that is not Sidekiq's, such as a login's, does not.
   */
  public static boolean showsJobs(PageHead answer) {
    return answer.status() / 100 == 2 && answer.title().contains("Sidekiq");
  }

  /** The page's address. */
  public URI page() {
    return base.resolve("sidekiq");
  }

  /** Scheme and host. */
  public String against() {
    return "https://" + base.getHost();
  }

  /** The state of the queues, as who logs in sees it. */
  public Stats stats(String user, String password) {
    HttpAnswer answer =
        new JsonApi(http, system, Destination.CUSTOMER, base)
            .with(Authentication.basic(user, password))
            .get("GET /sidekiq/stats", "sidekiq/stats");
    JsonNode stats = answer.json().path("sidekiq");
    if (!stats.path("processes").isIntegralNumber()) {
      throw answer.trouble(Kind.NOT_UNDERSTOOD, "The answer has no numbers of Sidekiq's jobs.");
    }
    return new Stats(
        stats.path("processes").asInt(),
        stats.path("enqueued").asLong(),
        stats.path("retries").asLong(),
        stats.path("dead").asLong());
  }
}
