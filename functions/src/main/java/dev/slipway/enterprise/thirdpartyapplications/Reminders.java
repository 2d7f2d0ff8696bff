package dev.slipway.enterprise.thirdpartyapplications;

import dev.slipway.json.Json;
import dev.slipway.ledger.Note;
import dev.slipway.notice.MailSender;
import dev.slipway.systems.net.SystemTrouble;
import dev.slipway.task.Finding;
import dev.slipway.task.Work;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The reminders of a provider that was asked to migrate: every 14 days, for 60 days. */
final class Reminders {
  private static final Duration EVERY = Duration.ofDays(14);

  /** The last one is due after 56 days; then the onboarding manager is told that it is overdue. */
  private static final int MOST = 4;

  private final Work work;
  private final MailSender post;
  private final MigrationMail mail;

  Reminders(Work work, MailSender post, MigrationMail mail) {
    this.work = work;
    this.post = post;
    this.mail = mail;
  }

  /**
   * Sends the reminder that is due, if it was not sent: the last one only, where several are.
   *
   * @return when the next one is due; empty after the last
   */
  Optional<Instant> send() {
    Instant began =
        Instant.parse(
            work.remember(Note.Kind.INTENT, "awaited:" + mail.key(), Json.tree(work.now()))
                .asText());
    int due = (int) Math.min(MOST, Duration.between(began, work.now()).dividedBy(EVERY));
    if (due > 0) {
      String note = note(due);
      try {
        work.once(
            note,
            note,
            () -> post.send(mail.name(), mail.address(), mail.subject(), mail.reminder()));
      } catch (SystemTrouble trouble) {
        tell("reminder " + due + " is the vendor's to send. " + trouble.getMessage());
      }
    }
    told();
    return due < MOST ? Optional.of(began.plus(EVERY.multipliedBy(due + 1L))) : Optional.empty();
  }

  /** Records the reminders that were sent. */
  void told() {
    for (int number = 1; number <= MOST; number++) {
      int each = number;
      work.remembered(Note.Kind.RESOURCE, note(each))
          .ifPresent(at -> tell("reminder " + each + " accepted at " + at.asText()));
    }
  }

  private void tell(String words) {
    work.proof(null, () -> new Finding("ses:SendEmail", mail.address(), words));
  }

  private String note(int number) {
    return "reminder " + number + ":" + mail.key();
  }
}
