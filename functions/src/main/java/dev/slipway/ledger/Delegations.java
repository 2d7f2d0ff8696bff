package dev.slipway.ledger;

import dev.slipway.json.Json;
import java.util.List;
import java.util.Optional;

/** Delegations: steps handed to a colleague; {@code SK = DELEGATE#<task>#<step>}. */
public final class Delegations {
  private final Items items;
  private final AuditTrail auditTrail;

  /** In the table. */
  public Delegations(Items items) {
    this.items = items;
    this.auditTrail = new AuditTrail(items);
  }

  /** To whom a task's open step was delegated. */
  public Optional<Delegation> of(String onboarding, TaskKey key, String step) {
    return items.get(Partition.of(onboarding), sort(key, step), Delegation.class);
  }

  /** All that was delegated. */
  public List<Delegation> of(String onboarding) {
    return items.list(Partition.of(onboarding), "DELEGATE#", Delegation.class);
  }

  /**
   * Delegates, over the version that was read (0: nobody had delegated it).
   *
   * @param asking the task as it was read, asking for what is delegated
   * @throws LostRaceException if another person delegated it meanwhile, or the task changed
   */
  public void save(String onboarding, Delegation delegation, TaskRecord asking, Actor actor) {
    items.write(
        List.of(
            Tasks.asSeen(onboarding, asking),
            Write.put(
                Partition.of(onboarding),
                sort(delegation.key(), delegation.step()),
                delegation.version(),
                Json.tree(delegation)),
            auditTrail.line(
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
