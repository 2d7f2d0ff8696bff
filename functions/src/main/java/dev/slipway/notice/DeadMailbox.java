package dev.slipway.notice;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.checklist.Checklist;
import dev.slipway.ledger.Delegation;
import dev.slipway.ledger.ElementRecord;
import dev.slipway.ledger.Ledger;
import dev.slipway.ledger.Outcome;
import dev.slipway.ledger.Overview;
import dev.slipway.ledger.Party;
import dev.slipway.ledger.RefusedMailbox;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Somebody who should be told of things and whom no mail reaches, until another address is given.
 */
public record DeadMailbox(RefusedMailbox refused) {
  /** Those of an onboarding whose addresses are still in use there. */
  public static List<DeadMailbox> of(Ledger ledger, String onboarding) {
    List<RefusedMailbox> known = ledger.refusedMailboxes().of(onboarding);
    return known.stream().noneMatch(RefusedMailbox::isDead)
        ? List.of()
        : of(
            known,
            ledger.element(onboarding, Overview.CONTACTS),
            ledger.delegations().of(onboarding));
  }

  static List<DeadMailbox> of(
      List<RefusedMailbox> known, Optional<ElementRecord> contacts, List<Delegation> delegations) {
    List<String> used = new ArrayList<>();
    contacts
        .map(ElementRecord::value)
        .ifPresent(groups -> groups.properties().forEach(g -> used.addAll(aliases(g.getValue()))));
    delegations.forEach(each -> used.add(new Person(each.name(), each.email()).alias()));
    return known.stream()
        .filter(RefusedMailbox::isDead)
        .filter(each -> used.contains(each.alias()))
        .map(DeadMailbox::new)
        .toList();
  }

  private static List<String> aliases(JsonNode group) {
    List<String> aliases = new ArrayList<>();
    group.forEach(
        each ->
            aliases.add(
                new Person(each.path("name").asText(), each.path("email").asText()).alias()));
    return aliases;
  }

  /** Where another address can be given. */
  public static Checklist.Section section(Checklist checklist) {
    return checklist.sectionOfElement(Overview.CONTACTS).orElse(checklist.sections().getFirst());
  }

  /** What is asked. */
  public String title() {
    return "Mend the mail address of " + refused.name();
  }

  /** What is asked of a manager. */
  public Outcome.Waiting waiting() {
    return new Outcome.Waiting(
        Party.VENDOR,
        null,
        List.of(),
        "No mail reaches "
            + refused.name()
            + ": the address was refused ("
            + refused.code()
            + "). Who leads is told in the place of "
            + refused.name()
            + " of what waits. Ask for the right address and save it in the element `"
            + Overview.CONTACTS
            + "`, or delegate to somebody else.",
        "With another address, mails go there at once; to the same one, " + refused.nextTry() + ".",
        refused.due(),
        null,
        null,
        List.of());
  }
}
