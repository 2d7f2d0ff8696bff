package dev.slipway.privacy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.checklist.Checklist;
import dev.slipway.checklist.Element;
import dev.slipway.checklist.Instances;
import dev.slipway.context.FunctionContext;
import dev.slipway.credentials.CredentialStore;
import dev.slipway.ledger.Actor;
import dev.slipway.ledger.AuditTrail;
import dev.slipway.ledger.CredentialRecord;
import dev.slipway.ledger.Delegations;
import dev.slipway.ledger.ElementRecord;
import dev.slipway.ledger.Elements;
import dev.slipway.ledger.Files;
import dev.slipway.ledger.Grants;
import dev.slipway.ledger.LostRaceException;
import dev.slipway.ledger.Memberships;
import dev.slipway.ledger.Onboarding;
import dev.slipway.ledger.People;
import dev.slipway.ledger.PersonalData;
import dev.slipway.ledger.StoredItems;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Takes secrets and personal data from an onboarding that has ended. Outcomes, evidence, the audit
 * trail and the signed report stay, with aliases for people.
 *
 * <p>Can be broken off anywhere and begun again: who has which alias is kept first and removed
 * last, together with the note that the erasure is over.
 */
final class Erasure {
  /** Given or remembered for the work only; keys of notes may name mailboxes. */
  private static final List<String> REMOVED =
      List.of(
          "ELEMENT#",
          "FILE",
          "NOTE#",
          "DELEGATE#",
          "POSTED#",
          "INVITE#",
          "MEMBER#",
          "GRANT#",
          "STUCK#",
          "MAILBOX#",
          "PLAN#",
          "LOOK",
          "ADDENDUM");

  /** The story of the onboarding. */
  private static final List<String> REWRITTEN =
      List.of(
          "CHECKED#",
          "CREDENTIAL#",
          "TASK#",
          "ANSWER#",
          "DECISION#",
          "ATTEMPT#",
          "ROW#",
          "RUNNER#",
          "PROBE#",
          "EVENT#",
          "SIGNOFF",
          "REPORTINFO#");

  private final AuditTrail auditTrail;
  private final Delegations delegations;
  private final Elements elements;
  private final Files files;
  private final Grants grants;
  private final Memberships memberships;
  private final PersonalData personalData;
  private final InstantSource clock;
  private final CredentialStore secrets;
  private final Actor actor;

  Erasure(FunctionContext context, Actor actor) {
    this.auditTrail = context.auditTrail();
    this.delegations = context.delegations();
    this.elements = context.elements();
    this.files = context.files();
    this.grants = context.grants();
    this.memberships = context.memberships();
    this.personalData = context.personalData();
    this.clock = context.clock();
    this.secrets = context.credentialStore();
    this.actor = actor;
  }

  /**
   * Erases.
   *
   * @throws LostRaceException if an item was written meanwhile: another call goes on
   */
  void erase(Onboarding onboarding, Checklist checklist) {
    String id = onboarding.id();
    StoredItems contents = personalData.contents(id);
    Aliases aliases = aliases(onboarding, checklist, contents);
    // Of the instances that there are, since a secret is stored before its record; and of all that
    // were given, since instances go.
    Instances instances = new Instances(checklist, elements.values(id));
    Set<String> names = new TreeSet<>();
    checklist
        .elements()
        .filter(element -> element.kind() == Element.Kind.CREDENTIAL)
        .forEach(
            element ->
                instances
                    .of(element)
                    .forEach(key -> names.add(ElementRecord.name(element.id(), key))));
    elements.credentials(id).stream().map(CredentialRecord::name).forEach(names::add);
    names.forEach(name -> secrets.remove(id, name));
    // Before what names the accounts is removed, so that a call that is killed goes on.
    memberships.forget(id);
    REMOVED.forEach(prefix -> contents.remove(contents.list(prefix)));
    for (String prefix : REWRITTEN) {
      for (StoredItems.Kept kept : contents.list(prefix)) {
        JsonNode hidden = aliases.hide(kept.body());
        if (!hidden.equals(kept.body())) {
          contents.rewrite(kept, hidden);
        }
      }
    }
    personalData.erased(
        onboarding,
        onboarding.erased(aliases.hide(onboarding.createdBy()), clock.instant()),
        actor,
        "secrets and personal data; people are named by their aliases");
  }

  private Aliases aliases(Onboarding onboarding, Checklist checklist, StoredItems contents) {
    People before = personalData.people(onboarding.id());
    PeopleFinder finder =
        new PeopleFinder(before)
            .in(
                auditTrail,
                delegations,
                memberships,
                grants,
                elements,
                files,
                onboarding,
                checklist);
    for (String prefix : REWRITTEN) {
      contents.list(prefix).forEach(kept -> finder.mailboxesIn(kept.body()));
    }
    People all = finder.people();
    if (!all.equals(before)) {
      personalData.save(onboarding.id(), all);
    }
    return finder.aliasesOf(all);
  }
}
