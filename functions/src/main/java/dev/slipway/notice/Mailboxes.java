package dev.slipway.notice;

import dev.slipway.ledger.Actor;
import dev.slipway.ledger.Ledger;
import dev.slipway.ledger.LostRaceException;
import dev.slipway.ledger.RefusedMailbox;

/** Takes note of whom mails reach and whom they do not. */
final class Mailboxes {
  private final Ledger ledger;
  private final Actor actor;

  Mailboxes(Ledger ledger, Actor actor) {
    this.ledger = ledger;
    this.actor = actor;
  }

  /** A mail about the onboarding was refused for good. */
  void refused(String onboarding, Person person, String code) {
    RefusedMailbox before =
        ledger
            .refusedMailbox(onboarding, person.alias())
            .orElseGet(() -> RefusedMailbox.none(person.alias(), person.name(), ledger.now()));
    save(onboarding, before.again(code, ledger.now()));
  }

  /** A mail about the onboarding was accepted. */
  void reached(String onboarding, Person person) {
    ledger
        .refusedMailbox(onboarding, person.alias())
        .filter(RefusedMailbox::isDead)
        .ifPresent(dead -> save(onboarding, dead.mended(ledger.now())));
  }

  private void save(String onboarding, RefusedMailbox mailbox) {
    try {
      ledger.save(onboarding, mailbox, actor);
    } catch (LostRaceException e) {
      // Another call at the same time took note of the same.
      return;
    }
  }
}
