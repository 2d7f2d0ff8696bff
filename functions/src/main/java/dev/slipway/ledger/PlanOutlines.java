package dev.slipway.ledger;

import dev.slipway.json.Json;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Outlines of plans, so that a later plan can be compared with the one that a person saw; {@code SK
 * = PLAN#<hash>}. Each is one item of at most 400 KB, so the caller compresses it.
 */
public final class PlanOutlines {
  private final Items items;

  /** In the table. */
  public PlanOutlines(Items items) {
    this.items = items;
  }

  private record Kept(String base64) {}

  /** Keeps the outline of a plan, so that a later one can be compared with it. */
  public void keep(String onboarding, String hash, byte[] outline) {
    Kept kept = new Kept(Base64.getEncoder().encodeToString(outline));
    try {
      items.write(List.of(Write.put(Partition.of(onboarding), "PLAN#" + hash, 0, Json.tree(kept))));
    } catch (LostRaceException e) {
      // Addressed by content: an item that is there already is the same.
      return;
    }
  }

  /** The outline of a plan that was kept. */
  public Optional<byte[]> find(String onboarding, String hash) {
    return items
        .get(Partition.of(onboarding), "PLAN#" + hash, Kept.class)
        .map(kept -> Base64.getDecoder().decode(kept.base64()));
  }
}
