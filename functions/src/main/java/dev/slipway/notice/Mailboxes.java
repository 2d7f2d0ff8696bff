package dev.slipway.notice;

import dev.slipway.ledger.Actor;
import dev.slipway.ledger.Ledger;
import dev.slipway.ledger.LostRaceException;
import dev.slipway.ledger.RefusedMailbox;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Knows whom mails do not reach, for one look at all onboardings, and takes note of changes. */
final class Mailboxes {
  private final Ledger ledger;
  private final Actor actor;
  private final Map<String, List<RefusedMailbox>> known = new HashMap<>();

  Mailboxes(Ledger ledger, Actor actor) {
    this.ledger = ledger;
    this.actor = actor;
  }

  /** Takes over what somebody else has read of it. */
  void know(String onboarding, List<RefusedMailbox> mailboxes) {
    known.put(onboarding, mailboxes);
  }

  /** The addresses to which a mail about the onboarding was ever refused for good. */
  private List<RefusedMailbox> of(String onboarding) {
    return known.computeIfAbsent(onboarding, ledger.refusedMailboxes()::of);
  }

  private Optional<RefusedMailbox> of(String onboarding, Person person) {
    return of(onboarding).stream()
        .filter(mailbox -> mailbox.alias().equals(person.alias()))
        .findFirst();
  }

  /** A mail about the onboarding was refused for good. */
  void refused(String onboarding, Person person, String code) {
    RefusedMailbox before =
        of(onboarding, person)
            .orElseGet(() -> RefusedMailbox.none(person.alias(), person.name(), ledger.now()));
    save(onboarding, before.again(code, ledger.now()));
  }

  /** A mail about the onboarding was accepted. */
  void reached(String onboarding, Person person) {
    of(onboarding, person)
        .filter(RefusedMailbox::isDead)
        .ifPresent(dead -> save(onboarding, dead.mended(ledger.now())));
  }

  private void save(String onboarding, RefusedMailbox mailbox) {
    known.remove(onboarding);
    try {
      ledger.refusedMailboxes().save(onboarding, mailbox, actor);
    } catch (LostRaceException e) {
      // Another call at the same time took note of the same.
      return;
    }
  }
}
