package dev.slipway.notice;

import dev.slipway.ledger.Actor;
import dev.slipway.ledger.AuditTrail;
import dev.slipway.ledger.DisplayName;
import dev.slipway.ledger.ElementRecord;
import dev.slipway.ledger.Elements;
import dev.slipway.ledger.Keys;
import dev.slipway.ledger.NoticeData;
import dev.slipway.ledger.Onboarding;
import dev.slipway.ledger.Onboardings;
import dev.slipway.ledger.OpenWork;
import dev.slipway.log.Log;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Announces, some days before, that an onboarding which has ended loses secrets and personal data:
 * once by an event, and once by mail to each of its contacts, who get one mail of any sort a day at
 * most.
 */
final class ErasureNotices {
  private static final Actor ACTOR = Actor.system("remind");
  private static final Duration BETWEEN_MAILS = Duration.ofDays(1);
  private static final Duration MEMORY = Duration.ofDays(90);

  private final AuditTrail auditTrail;
  private final Elements elements;
  private final Keys keys;
  private final Onboardings onboardings;
  private final OpenWork openWork;
  private final Optional<Mailer> mailer;
  private final Announcer announcer;
  private final Duration before;
  private final Log log;
  private final Isolation isolation;
  private final Instant now;
  private Instant next;

  /**
   * @param before how long before the erasure it is announced
   */
  ErasureNotices(
      AuditTrail auditTrail,
      Elements elements,
      Keys keys,
      Onboardings onboardings,
      OpenWork openWork,
      InstantSource clock,
      Optional<Mailer> mailer,
      Announcer announcer,
      Duration before,
      Log log,
      Isolation isolation) {
    this.auditTrail = auditTrail;
    this.elements = elements;
    this.keys = keys;
    this.onboardings = onboardings;
    this.openWork = openWork;
    this.mailer = mailer;
    this.announcer = announcer;
    this.before = before;
    this.log = log;
    this.isolation = isolation;
    this.now = clock.instant();
  }

  /** Tells; answers how many onboardings were announced now. */
  int tell() {
    OpenWork.Erasures near = openWork.erasures(now.plus(before));
    near.next().map(time -> time.minus(before)).ifPresent(this::again);
    return (int)
        near.onboardings().stream()
            .filter(id -> isolation.get(id, () -> announce(id), false))
            .count();
  }

  private boolean announce(String id) {
    // The index lags a moment behind.
    return onboardings.find(id).filter(Onboarding::isToBeErased).filter(this::announce).isPresent();
  }

  /** The time of the next notice, if nothing changes. */
  Optional<Instant> next() {
    return Optional.ofNullable(next);
  }

  private void again(Instant time) {
    next = next == null || time.isBefore(next) ? time : next;
  }

  private boolean announce(Onboarding onboarding) {
    String once = "erasure/" + onboarding.id();
    boolean first = keys.hold(once, now.plus(MEMORY));
    if (first) {
      try {
        announcer.erasure(onboarding);
        auditTrail.record(
            onboarding.id(),
            ACTOR,
            "onboarding.erasure-announced",
            null,
            "for " + onboarding.eraseAt(),
            null);
      } catch (SdkException | IllegalStateException e) {
        keys.release(once);
        log.with("onboarding", onboarding.id()).trouble("an event was not accepted", e);
        first = false;
        again(now);
      }
    }
    mailer.ifPresent(by -> people(onboarding).forEach(person -> mail(by, onboarding, person)));
    return first;
  }

  private List<Person> people(Onboarding onboarding) {
    Map<String, Person> people = new LinkedHashMap<>();
    elements
        .find(onboarding.id(), NoticeData.CONTACTS)
        .map(ElementRecord::value)
        .ifPresent(
            contacts ->
                Stream.of("customer", "vendor")
                    .flatMap(group -> Person.group(contacts, group).stream())
                    .forEach(person -> people.putIfAbsent(person.mailbox(), person)));
    return List.copyOf(people.values());
  }

  private void mail(Mailer by, Onboarding onboarding, Person person) {
    String told = "told/ERASURE/" + onboarding.id() + "/" + person.alias();
    String day = SentNotices.mailed(person);
    if (keys.isHeld(told)) {
      return;
    }
    if (!keys.hold(day, now.plus(BETWEEN_MAILS))) {
      again(now.plus(BETWEEN_MAILS));
      return;
    }
    try {
      by.send(person, new Mailer.Letter(subject(onboarding), text(onboarding, person), ""));
      keys.hold(told, now.plus(MEMORY));
    } catch (Undeliverable e) {
      // The others are told, and so are the audit trail and the bus: that has to do.
      keys.release(day);
      keys.hold(told, now.plus(MEMORY));
      auditTrail.record(
          onboarding.id(),
          ACTOR,
          "people.mail-undeliverable",
          null,
          "to " + person.name() + ": " + e.code(),
          null);
      log.with("onboarding", onboarding.id()).trouble("a mail was refused for good", e);
    } catch (SdkException e) {
      keys.release(day);
      log.with("onboarding", onboarding.id()).trouble("a mail was not accepted", e);
      again(now);
    }
  }

  private static String subject(Onboarding onboarding) {
    return "Slipway: the data of " + name(onboarding) + " is erased on " + date(onboarding);
  }

  private static String text(Onboarding onboarding, Person person) {
    return String.join(
            "\n",
            person.name().isEmpty() ? "Good day," : "Good day " + person.name() + ",",
            "",
            "the onboarding " + name(onboarding) + " (" + onboarding.id() + ") has ended.",
            "On " + date(onboarding) + " Slipway erases what it still keeps of it: the credentials",
            "of third parties, the values and files that were given, and the names and addresses",
            "of people. The report and the audit trail stay, with aliases in the place of names.",
            "",
            "If you still need the report with names, get it before:",
            "slipway report "
                + onboarding.id()
                + " --format html --out report.html --api URL --token-file TOKEN")
        + "\n";
  }

  private static String name(Onboarding onboarding) {
    return DisplayName.of(onboarding.name());
  }

  private static LocalDate date(Onboarding onboarding) {
    return LocalDate.ofInstant(onboarding.eraseAt(), ZoneOffset.UTC);
  }
}
