package dev.slipway.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/**
 * Outlines of plans, so that a later plan can be compared with the one that a person saw; {@code SK
 * = PLAN#<hash>}.
 */
public final class PlanOutlines {
  private final Items items;

  /** In the table. */
  public PlanOutlines(Items items) {
    this.items = items;
  }

  /** Keeps the outline of a plan, so that a later one can be compared with it. */
  public void keep(String onboarding, String hash, JsonNode outline) {
    try {
      items.write(List.of(Write.put(Partition.of(onboarding), "PLAN#" + hash, 0, outline)));
    } catch (LostRaceException e) {
      // Addressed by content: an item that is there already is the same.
      return;
    }
  }

  /** The outline of a plan that was kept. */
  public Optional<JsonNode> find(String onboarding, String hash) {
    return items.get(Partition.of(onboarding), "PLAN#" + hash, JsonNode.class);
  }
}
