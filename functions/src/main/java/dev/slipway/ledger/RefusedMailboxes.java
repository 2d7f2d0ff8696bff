package dev.slipway.ledger;

import dev.slipway.json.Json;
import java.util.List;

/** Whom no mail reaches: {@code SK = MAILBOX#<alias>}. */
public final class RefusedMailboxes {
  private final Ledger ledger;
  private final Items items;

  RefusedMailboxes(Ledger ledger, Items items) {
    this.ledger = ledger;
    this.items = items;
  }

  /** The addresses to which a mail about the onboarding was ever refused for good. */
  public List<RefusedMailbox> of(String onboarding) {
    return items.list(Ledger.partition(onboarding), "MAILBOX#", RefusedMailbox.class);
  }

  /**
   * Takes note of a refusal, or that a mail was accepted again, over the version that was read.
   *
   * @throws LostRaceException if somebody else did meanwhile
   */
  public void save(String onboarding, RefusedMailbox mailbox, Actor actor) {
    items.write(
        List.of(
            Write.put(
                Ledger.partition(onboarding),
                "MAILBOX#" + mailbox.alias(),
                mailbox.version(),
                Json.tree(mailbox)),
            ledger.event(
                onboarding,
                actor,
                mailbox.isDead() ? "people.mail-undeliverable" : "people.mail-deliverable",
                null,
                mailbox.isDead()
                    ? "to "
                        + mailbox.name()
                        + ": "
                        + mailbox.code()
                        + "; "
                        + mailbox.nextTry()
                        + ", and who leads is told instead"
                    : "to " + mailbox.name(),
                null)));
  }
}
