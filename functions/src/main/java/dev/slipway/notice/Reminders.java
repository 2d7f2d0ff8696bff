package dev.slipway.notice;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.ledger.Actor;
import dev.slipway.ledger.AuditTrail;
import dev.slipway.ledger.Keys;
import dev.slipway.ledger.Onboarding;
import dev.slipway.log.Log;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Decides who gets which notice, and sends it.
 *
 * <p>A person gets a mail when an ask is new to them, is due within a day, or is overdue: one mail
 * at most in a day, with all that waits for them in every onboarding. A day is the person's: from
 * midnight to midnight in their time zone, so that it has 23 or 25 hours when clocks are changed.
 * An ask that is overdue for longer than the policy allows is told to those who lead, once. Keys in
 * the ledger hold that, so that two calls at once, or a repeated one, tell nothing twice.
 *
 * <p>A mail that is not accepted is tried again by the next call, with all that it would have told:
 * nothing counts as told before a mail with it was accepted.
 */
final class Reminders {
  static final Actor ACTOR = Actor.system("remind");

  private final AuditTrail auditTrail;
  private final Keys keys;
  private final InstantSource clock;
  private final Optional<Mailer> mailer;
  private final Announcer announcer;
  private final Policy policy;
  private final Log log;
  private final Isolation isolation;
  private final Instant now;

  /**
   * The operator's policy.
   *
   * @param patience how long an ask may be overdue before it is escalated
   * @param zone the time zone of people who have not named theirs
   * @param fromHour no mail goes out before this hour of the person's day
   * @param api the API's address, for the commands in mails; may be empty
   */
  record Policy(Duration patience, ZoneId zone, int fromHour, String api) {}

  /**
   * @param mailer empty: nobody gets mails, events only
   */
  Reminders(
      AuditTrail auditTrail,
      Keys keys,
      InstantSource clock,
      Optional<Mailer> mailer,
      Announcer announcer,
      Policy policy,
      Log log,
      Isolation isolation) {
    this.auditTrail = auditTrail;
    this.keys = keys;
    this.clock = clock;
    this.mailer = mailer;
    this.announcer = announcer;
    this.policy = policy;
    this.log = log;
    this.isolation = isolation;
    this.now = clock.instant();
  }

  ObjectNode tell(List<Ask> asks) {
    SentNotices told = new SentNotices(keys, clock, asks, policy.patience());
    asks.forEach(ask -> isolation.run(ask.onboarding().id(), () -> announce(ask, told)));
    EarliestTime next = new EarliestTime(now);
    asks.forEach(ask -> ask.turningPoints(policy.patience()).forEach(next::at));
    int sent = 0;
    int failed = 0;
    for (Digest digest : mailer.isEmpty() ? List.<Digest>of() : digests(asks, told)) {
      if (!isWorthAMail(digest, told)) {
        continue;
      }
      ZonedDateTime local = now.atZone(digest.zone().orElse(policy.zone()));
      LocalDate today = local.toLocalDate();
      Instant tomorrow = today.plusDays(1).atStartOfDay(local.getZone()).toInstant();
      if (local.getHour() < policy.fromHour()) {
        next.at(firstMail(today, local.getZone()));
        continue;
      }
      if (!told.takesMailOfTheDay(digest.person(), tomorrow)) {
        next.at(firstMail(today.plusDays(1), local.getZone()));
        continue;
      }
      try {
        mailer
            .get()
            .send(
                digest.person(),
                new Letters(new Replies(policy.api()), local.getZone(), now).letter(digest));
      } catch (Undeliverable e) {
        told.forget(SentNotices.mailed(digest.person()));
        undeliverable(digest, told, e);
        failed++;
        next.at(now);
        continue;
      } catch (SdkException e) {
        told.forget(SentNotices.mailed(digest.person()));
        refused(digest, e, tomorrow);
        failed++;
        next.at(now);
        continue;
      } catch (Throwable e) {
        // An error in one person's mail keeps no other person from getting theirs.
        told.forget(SentNotices.mailed(digest.person()));
        log.trouble("a mail could not be written", e);
        failed++;
        next.at(now);
        continue;
      }
      remember(digest, told);
      next.at(firstMail(today.plusDays(1), local.getZone()));
      sent++;
    }
    return JsonNodeFactory.instance
        .objectNode()
        .put("open", asks.size())
        .put("sent", sent)
        .put("failed", failed)
        .put("next", next.time().map(Instant::toString).orElse(null));
  }

  private Instant firstMail(LocalDate day, ZoneId zone) {
    return day.atTime(policy.fromHour(), 0).atZone(zone).toInstant();
  }

  /** Is told once a day, in the audit trail and on the bus; the mail is tried again meanwhile. */
  private void refused(Digest digest, SdkException e, Instant tomorrow) {
    String code =
        e instanceof AwsServiceException answered && answered.awsErrorDetails() != null
            ? answered.awsErrorDetails().errorCode()
            : e.getClass().getSimpleName();
    log.with("code", code).trouble("a mail was not accepted", e);
    if (!keys.hold("refused/" + digest.person().alias(), tomorrow)) {
      return;
    }
    Digest.byOnboarding(digest.all())
        .forEach(
            (onboarding, asks) ->
                isolation.run(
                    onboarding.id(),
                    () -> {
                      onTheBus(onboarding, () -> announcer.refused(onboarding, asks, code, false));
                      auditTrail.record(
                          onboarding.id(),
                          ACTOR,
                          "people.mail-refused",
                          null,
                          "to "
                              + digest.person(onboarding).name()
                              + ": "
                              + code
                              + "; it is tried again every hour",
                          null);
                    }));
  }

  /** Is told in the audit trail and on the bus; who leads gets a line in the next mail. */
  private void undeliverable(Digest digest, SentNotices told, Undeliverable e) {
    log.with("code", e.code()).trouble("a mail was refused for good", e);
    if (!told.rememberUnreached(digest.person())) {
      return;
    }
    Digest.byOnboarding(digest.all())
        .forEach(
            (onboarding, asks) ->
                isolation.run(
                    onboarding.id(),
                    () -> {
                      onTheBus(
                          onboarding, () -> announcer.refused(onboarding, asks, e.code(), true));
                      auditTrail.record(
                          onboarding.id(),
                          ACTOR,
                          "people.mail-undeliverable",
                          null,
                          "to "
                              + digest.person(onboarding).name()
                              + ": "
                              + e.code()
                              + "; who leads is told",
                          null);
                    }));
  }

  private void announce(Ask ask, SentNotices told) {
    if (ask.isOverdue(now)) {
      once(SentNotices.overdue(ask), told, ask, () -> announcer.overdue(ask));
    }
    if (ask.told().isEmpty() && ask.blocked().isEmpty() && told.once(SentNotices.nobody(ask))) {
      auditTrail.record(
          ask.onboarding().id(),
          ACTOR,
          "people.nobody-to-tell",
          ask.key().toString(),
          ask.step(),
          ask.topic() == Ask.Topic.WAIVER
              ? "the element contacts names no manager who may be the second person of the waiver"
              : "the element contacts names nobody for " + ask.party());
    }
    if (ask.isEscalated(now, policy.patience())) {
      once(
          SentNotices.escalated(ask),
          told,
          ask,
          () -> {
            announcer.escalated(ask);
            auditTrail.record(
                ask.onboarding().id(),
                ACTOR,
                "task.escalated",
                ask.key().toString(),
                ask.step(),
                "overdue since " + ask.due());
          });
    }
  }

  /** A bus that is away keeps nobody from being told by mail: the event is tried again later. */
  private void once(String what, SentNotices told, Ask ask, Runnable event) {
    if (told.once(what) && !onTheBus(ask.onboarding(), event)) {
      told.forget(what);
    }
  }

  private boolean onTheBus(Onboarding onboarding, Runnable event) {
    try {
      event.run();
      return true;
    } catch (SdkException | IllegalStateException e) {
      log.with("onboarding", onboarding.id()).trouble("an event was not accepted", e);
      return false;
    }
  }

  private Collection<Digest> digests(List<Ask> asks, SentNotices told) {
    Map<String, Digest> digests = new LinkedHashMap<>();
    for (Ask ask : asks) {
      for (Person person : ask.told()) {
        if (told.isUnreached(person)) {
          ask.escalatedTo().stream()
              .filter(lead -> !told.isUnreached(lead) && told.isUnreachedNews(person, lead))
              .map(lead -> digest(digests, lead))
              .forEach(digest -> digest.unreached(person, ask));
        } else {
          digest(digests, person).asked().add(ask);
        }
      }
    }
    for (Ask ask : asks) {
      if (ask.isEscalated(now, policy.patience())) {
        ask.escalatedTo().stream()
            .filter(person -> !told.isUnreached(person))
            .filter(person -> !told.wasEscalated(ask, person))
            .map(person -> digest(digests, person))
            .filter(digest -> !digest.asked().contains(ask))
            .forEach(digest -> digest.escalated().add(ask));
      }
    }
    return digests.values();
  }

  private static Digest digest(Map<String, Digest> digests, Person person) {
    return digests.computeIfAbsent(person.mailbox(), mailbox -> new Digest(person));
  }

  private static boolean isWorthAMail(Digest digest, SentNotices told) {
    return !digest.escalated().isEmpty()
        || !digest.unreached().isEmpty()
        || digest.asked().stream().anyMatch(ask -> told.isNews(ask, digest.person()));
  }

  private void remember(Digest digest, SentNotices told) {
    digest.asked().forEach(ask -> told.remember(ask, digest.person()));
    digest.escalated().forEach(ask -> told.rememberEscalated(ask, digest.person()));
    digest.unreached().keySet().forEach(each -> told.rememberUnreached(each, digest.person()));
    Digest.byOnboarding(digest.all())
        .forEach(
            (onboarding, asks) ->
                isolation.run(
                    onboarding.id(),
                    () -> {
                      onTheBus(onboarding, () -> announcer.reminded(onboarding, asks));
                      auditTrail.record(
                          onboarding.id(),
                          ACTOR,
                          "people.reminded",
                          null,
                          asks.stream()
                              .map(ask -> ask.key().toString())
                              .collect(Collectors.joining(", ")),
                          null);
                    }));
  }
}
