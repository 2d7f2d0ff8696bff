package dev.slipway.ledger;

import dev.slipway.json.Json;
import java.util.List;
import java.util.Optional;

/** Decisions about tasks and sections; {@code SK = DECISION#<task>}. */
public final class Decisions {
  private final Items items;

  /** In the table. */
  public Decisions(Items items) {
    this.items = items;
  }

  /** The decision about a task, if there is one. */
  public Optional<Decision> find(String onboarding, TaskKey key) {
    return items.get(Partition.of(onboarding), "DECISION#" + key, Decision.class);
  }

  /** All that was decided. */
  public List<Decision> of(String onboarding) {
    return items.list(Partition.of(onboarding), "DECISION#", Decision.class);
  }

  static Write write(String onboarding, Decision decision) {
    Write write =
        Write.put(
            Partition.of(onboarding),
            "DECISION#" + decision.key(),
            decision.version(),
            Json.tree(decision));
    return decision.isOpen() ? write.indexed(OpenWork.waiverIndex(decision.due())) : write;
  }
}
