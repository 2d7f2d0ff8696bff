package dev.slipway.ledger;

import dev.slipway.json.Json;
import java.util.ArrayList;
import java.util.List;

/**
 * The people behind an onboarding's aliases ({@code SK = PEOPLE}), and the erasure of what an ended
 * onboarding still holds of them.
 */
public final class PersonalData {
  private final Items items;
  private final AuditTrail auditTrail;
  private final Onboardings onboardings;

  /** In the table. */
  public PersonalData(Items items) {
    this.items = items;
    this.auditTrail = new AuditTrail(items);
    this.onboardings = new Onboardings(items);
  }

  /** The people behind the onboarding's aliases; none before the end, and after the erasure. */
  public People people(String onboarding) {
    return items
        .get(Partition.of(onboarding), Partition.PEOPLE, People.class)
        .orElseGet(People::none);
  }

  /**
   * Keeps the people behind the aliases, over the version that was read.
   *
   * @throws LostRaceException if another call did meanwhile
   */
  public void save(String onboarding, People people) {
    items.write(
        List.of(
            Write.put(
                Partition.of(onboarding),
                Partition.PEOPLE,
                people.version(),
                Json.tree(people.kept()))));
  }

  /** All of an onboarding, to erase of it what has to go. */
  public StoredItems contents(String onboarding) {
    return new StoredItems(items, Partition.of(onboarding));
  }

  /**
   * Ends the erasure: from now on nobody knows who stands behind the aliases.
   *
   * @throws LostRaceException if the onboarding was changed meanwhile
   */
  public void erased(Onboarding before, Onboarding after, Actor actor, String detail) {
    List<Write> writes = new ArrayList<>();
    writes.add(onboardings.write(after, before.version()));
    People people = people(after.id());
    if (people.version() > 0) {
      writes.add(Write.removal(Partition.of(after.id()), Partition.PEOPLE, people.version()));
    }
    writes.add(auditTrail.line(after.id(), actor, "onboarding.erased", null, detail, null));
    items.write(writes);
  }
}
