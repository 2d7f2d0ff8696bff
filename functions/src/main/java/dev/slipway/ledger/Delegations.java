package dev.slipway.ledger;

import dev.slipway.json.Json;
import java.util.List;
import java.util.Optional;

/** What was handed to a colleague: {@code SK = DELEGATE#<task>#<step>}. */
public final class Delegations {
  private final Ledger ledger;
  private final Items items;

  Delegations(Ledger ledger, Items items) {
    this.ledger = ledger;
    this.items = items;
  }

  /** To whom a task's open step was delegated. */
  public Optional<Delegation> of(String onboarding, TaskKey key, String step) {
    return items.get(Ledger.partition(onboarding), sort(key, step), Delegation.class);
  }

  /** All that was delegated. */
  public List<Delegation> of(String onboarding) {
    return items.list(Ledger.partition(onboarding), "DELEGATE#", Delegation.class);
  }

  /**
   * Delegates, over the version that was read (0: nobody had delegated it).
   *
   * @param asking the task as it was read, asking for what is delegated
   * @throws LostRaceException if somebody else delegated it meanwhile, or the task changed
   */
  public void save(String onboarding, Delegation delegation, TaskRecord asking, Actor actor) {
    items.write(
        List.of(
            Ledger.asSeen(onboarding, asking),
            Write.put(
                Ledger.partition(onboarding),
                sort(delegation.key(), delegation.step()),
                delegation.version(),
                Json.tree(delegation)),
            ledger.event(
                onboarding,
                actor,
                "task.delegated",
                delegation.key().toString(),
                (delegation.step().isEmpty() ? "" : delegation.step() + " ")
                    + "to "
                    + delegation.name(),
                delegation.reason())));
  }

  private static String sort(TaskKey key, String step) {
    return "DELEGATE#" + key + "#" + step;
  }
}
