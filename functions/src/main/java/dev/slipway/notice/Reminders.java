package dev.slipway.notice;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.ledger.Actor;
import dev.slipway.ledger.Ledger;
import dev.slipway.ledger.Onboarding;
import dev.slipway.log.Log;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Decides who is told what, and tells it.
 *
 * <p>A person gets a mail when something is new to them, is due within a day, or is overdue: one
 * mail in 24 hours at most, with all that waits for them in every onboarding. What is overdue for
 * longer than the policy lets pass is told to the escalation contacts, once. Keys in the ledger
 * hold that, so that two calls at once, or a repeated one, tell nothing twice.
 */
final class Reminders {
  private static final Actor ACTOR = Actor.system("remind");
  private static final Duration BETWEEN_MAILS = Duration.ofDays(1);

  /** For how long it is known that something was told. Onboardings take weeks. */
  private static final Duration MEMORY = Duration.ofDays(180);

  private final Ledger ledger;
  private final Optional<Mailer> mailer;
  private final Announcer announcer;
  private final Duration patience;
  private final Log log;
  private final Instant now;

  /**
   * @param mailer empty: nobody gets mails, events only
   * @param patience how long something may be overdue before it is escalated
   */
  Reminders(
      Ledger ledger, Optional<Mailer> mailer, Announcer announcer, Duration patience, Log log) {
    this.ledger = ledger;
    this.mailer = mailer;
    this.announcer = announcer;
    this.patience = patience;
    this.log = log;
    this.now = ledger.now();
  }

  ObjectNode tell(List<Ask> asks) {
    asks.forEach(this::announce);
    int sent = 0;
    int failed = 0;
    for (Digest digest : mailer.isEmpty() ? List.<Digest>of() : digests(asks)) {
      if (!isWorthAMail(digest)) {
        continue;
      }
      String day = "mail/" + digest.person().alias();
      if (!ledger.hold(day, now.plus(BETWEEN_MAILS))) {
        continue;
      }
      try {
        mailer.get().send(digest.person(), digest.subject(now), digest.text(now));
      } catch (SdkException e) {
        ledger.release(day);
        log.trouble("a mail was not accepted", e);
        failed++;
        continue;
      }
      remember(digest);
      sent++;
    }
    return JsonNodeFactory.instance
        .objectNode()
        .put("open", asks.size())
        .put("sent", sent)
        .put("failed", failed);
  }

  private void announce(Ask ask) {
    if (ask.isOverdue(now)) {
      once("overdue/" + ask.id(), ask, () -> announcer.overdue(ask));
    }
    if (ask.isEscalated(now, patience)) {
      once(
          "escalated/" + ask.id(),
          ask,
          () -> {
            announcer.escalated(ask);
            ledger.record(
                ask.onboarding().id(),
                ACTOR,
                "task.escalated",
                ask.key().toString(),
                ask.step(),
                "overdue since " + ask.waiting().due());
          });
    }
  }

  /** A bus that is away keeps nobody from being told by mail: the event is tried again later. */
  private void once(String what, Ask ask, Runnable event) {
    if (!ledger.hold(what, now.plus(MEMORY))) {
      return;
    }
    try {
      event.run();
    } catch (SdkException | IllegalStateException e) {
      ledger.release(what);
      log.with("onboarding", ask.onboarding().id())
          .with("task", ask.key().toString())
          .trouble("an event was not accepted", e);
    }
  }

  private Collection<Digest> digests(List<Ask> asks) {
    Map<String, Digest> digests = new LinkedHashMap<>();
    for (Ask ask : asks) {
      ask.told().forEach(person -> digest(digests, person).asked().add(ask));
    }
    for (Ask ask : asks) {
      if (ask.isEscalated(now, patience)) {
        ask.escalatedTo().stream()
            .filter(person -> !ledger.isHeld(told("ESCALATED", ask, person)))
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

  private boolean isWorthAMail(Digest digest) {
    return !digest.escalated().isEmpty()
        || digest.asked().stream().anyMatch(ask -> isWorthAMail(ask, digest.person()));
  }

  private boolean isWorthAMail(Ask ask, Person person) {
    return ask.isOverdue(now)
        || !ledger.isHeld(told("NEW", ask, person))
        || (ask.isDueSoon(now) && !ledger.isHeld(told("DUE_SOON", ask, person)));
  }

  private void remember(Digest digest) {
    Instant until = now.plus(MEMORY);
    for (Ask ask : digest.asked()) {
      ledger.hold(told("NEW", ask, digest.person()), until);
      if (ask.isDueSoon(now)) {
        ledger.hold(told("DUE_SOON", ask, digest.person()), until);
      }
    }
    digest.escalated().forEach(ask -> ledger.hold(told("ESCALATED", ask, digest.person()), until));
    Map<Onboarding, List<Ask>> byOnboarding =
        digest.all().stream()
            .collect(
                Collectors.groupingBy(Ask::onboarding, LinkedHashMap::new, Collectors.toList()));
    byOnboarding.forEach(
        (onboarding, asks) -> {
          reminded(onboarding, asks);
          ledger.record(
              onboarding.id(),
              ACTOR,
              "people.reminded",
              null,
              asks.stream().map(ask -> ask.key().toString()).collect(Collectors.joining(", ")),
              null);
        });
  }

  private void reminded(Onboarding onboarding, List<Ask> asks) {
    try {
      announcer.reminded(onboarding, asks);
    } catch (SdkException | IllegalStateException e) {
      log.with("onboarding", onboarding.id()).trouble("an event was not accepted", e);
    }
  }

  private static String told(String stage, Ask ask, Person person) {
    return "told/" + stage + "/" + ask.id() + "/" + person.alias();
  }
}
