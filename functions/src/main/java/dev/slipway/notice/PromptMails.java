package dev.slipway.notice;

import dev.slipway.context.FunctionContext;
import dev.slipway.ledger.AuditTrail;
import dev.slipway.ledger.Keys;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import software.amazon.awssdk.core.exception.SdkException;

/** Mails that wait for no daily one: about whoever is blocked, invitations, and addenda. */
public final class PromptMails {
  /** How long a person is remembered who was told. Onboardings take weeks. */
  private static final Duration MEMORY = Duration.ofDays(180);

  /** Longer than a function runs: whoever is sending has ended by then. */
  private static final Duration SENDING = Duration.ofMinutes(15);

  private final AuditTrail auditTrail;
  private final Keys keys;
  private final InstantSource clock;
  private final Optional<Mailer> mailer;

  /**
   * @param mailer empty: nobody gets mails
   */
  PromptMails(AuditTrail auditTrail, Keys keys, InstantSource clock, Optional<Mailer> mailer) {
    this.auditTrail = auditTrail;
    this.keys = keys;
    this.clock = clock;
    this.mailer = mailer;
  }

  /** From the operator's address, if there is one. */
  public static PromptMails of(FunctionContext context) {
    return new PromptMails(
        context.auditTrail(),
        context.keys(),
        context.clock(),
        context.value("SLIPWAY_MAIL_FROM").map(from -> new SesMailer(context.ses(), from)));
  }

  /**
   * Tells each of these people once. Whom no mail could be sent to is told by the next call: a key
   * in the ledger is taken only when the mail was accepted, and another one for some minutes while
   * it is being sent, so that two calls send one mail.
   *
   * @param about names what is told in keys, without naming a person
   * @throws SdkException if a mail was not accepted: some may have been told
   */
  void tellOnce(
      String onboarding,
      String about,
      List<Person> people,
      Function<Person, Mailer.Letter> letter) {
    if (mailer.isEmpty()) {
      return;
    }
    for (Person person : people) {
      String key = about + "/" + onboarding + "/" + person.alias();
      if (!keys.isHeld(key) && keys.hold(key + "/sending", clock.instant().plus(SENDING))) {
        try {
          mailer.get().send(person, letter.apply(person));
        } catch (Undeliverable e) {
          auditTrail.record(
              onboarding,
              Reminders.ACTOR,
              "people.mail-undeliverable",
              null,
              "to " + person.name() + ": " + e.code(),
              null);
        }
        keys.take(key, clock.instant().plus(MEMORY));
      }
    }
  }

  /**
   * Sends a mail now or never, for what stands in it is kept nowhere.
   *
   * @return whether it was accepted
   */
  boolean sendNow(Person to, Mailer.Letter letter) {
    try {
      mailer.ifPresent(sending -> sending.send(to, letter));
      return mailer.isPresent();
    } catch (Undeliverable | SdkException e) {
      return false;
    }
  }
}
