package dev.slipway.enterprise.logging;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.enterprise.applications.ApplicationFacts;
import dev.slipway.ledger.Answer;
import dev.slipway.ledger.Party;
import dev.slipway.systems.logging.LogSystem;
import dev.slipway.systems.logging.SplunkCloud;
import dev.slipway.systems.logging.SplunkEnterprise;
import dev.slipway.systems.logging.SumoLogic;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.systems.net.SystemTrouble;
import dev.slipway.systems.net.SystemTrouble.Kind;
import dev.slipway.systems.rest.Authentication;
import dev.slipway.task.Finding;
import dev.slipway.task.UnmetRequirement;
import dev.slipway.task.Work;
import java.time.Duration;
import java.util.function.Supplier;

/** The customer's logging system, as the element {@code logging} names it. */
final class CustomerLogs {
  static final String ELEMENT = "logging";

  /** A change that a system is carrying out takes no longer. */
  private static final Duration LONGEST = Duration.ofMinutes(20);

  private static final Duration PAUSE = Duration.ofSeconds(30);

  private final Work work;
  private final HttpPort http;
  private final JsonNode logging;

  CustomerLogs(Work work, HttpPort http) {
    this.work = work;
    this.http = http;
    this.logging = work.element(ELEMENT);
  }

  /** Whether it is a system that Slipway does not speak to: then people state each task. */
  boolean isOther() {
    return name().equals("other");
  }

  /** Has a person state a task's work at another system, with a link to it. */
  void stated() {
    work.step("other").about(ELEMENT).field(ELEMENT).person(this::linked);
  }

  private Finding linked(Answer statement) {
    return new Finding("statement", ApplicationFacts.page(statement), logging.path("name").asText())
        .saidIn(statement);
  }

  /** Who makes the account and its users: of a new one, the vendor, unless the element says so. */
  Party party() {
    return logging.path("createdBy").asText().equals("customer") ? Party.CUSTOMER : Party.VENDOR;
  }

  boolean isNew() {
    return logging.path("account").asText().equals("new");
  }

  /** The system, with the customer's credential. */
  LogSystem open() {
    if (name().equals("sumo-logic")) {
      JsonNode secret = work.secret(SumoLogic.SYSTEM);
      return SumoLogic.following(
          http,
          work::now,
          logging.path("deployment").asText("us1"),
          secret.path("accessId").asText(),
          secret.path("accessKey").asText());
    }
    // A login's name may stand in the names of what it made.
    JsonNode secret = work.secret(SplunkEnterprise.SYSTEM, "stack", "user");
    if (name().equals("splunk-cloud")) {
      return new SplunkCloud(http, secret.path("stack").asText(), secret.path("token").asText());
    }
    return new SplunkEnterprise(
        logging.has("authority") ? http.trusting(logging.path("authority").asText()) : http,
        logging.path("host").asText(),
        secret.has("token")
            ? Authentication.bearer(secret.path("token").asText())
            : Authentication.basic(secret.path("user").asText(), secret.path("password").asText()));
  }

  /**
   * Takes an action, and waits while the system is busy with another change or limits calls: looks
   * again each half minute, for twenty minutes at most.
   *
   * @param name of the wait
   */
  Finding patiently(String name, Supplier<Finding> action) {
    try {
      return action.get();
    } catch (SystemTrouble trouble) {
      if (trouble.kind() == Kind.RATE_LIMITED) {
        waitFor(name, trouble.getMessage());
      }
      throw trouble;
    }
  }

  /** Waits half a minute, unless it has waited for twenty minutes under this name. */
  void waitFor(String name, String why) {
    waitFor(name, LONGEST, why);
  }

  /** Waits half a minute, unless it has waited for so long under this name. */
  void waitFor(String name, Duration longest, String why) {
    if (work.now().isBefore(work.since("waits:" + name).plus(longest))) {
      work.waitUntil(work.now().plus(PAUSE), why);
    }
  }

  UnmetRequirement unmet(String code, String field, String message, String next) {
    return new UnmetRequirement(code, system(), field, message, next);
  }

  private String system() {
    return name().equals("sumo-logic") ? SumoLogic.SYSTEM : SplunkEnterprise.SYSTEM;
  }

  private String name() {
    return logging.path("system").asText();
  }
}
