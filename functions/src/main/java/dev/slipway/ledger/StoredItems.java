package dev.slipway.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * The items of one onboarding as they are kept, to be rewritten or removed at its end. Only the end
 * of an onboarding may do that: all other code writes through the parts of the ledger.
 */
public final class StoredItems {
  /** Four megabytes fit into a transaction; the largest items have some 400 KB. */
  private static final int AT_ONCE = 10;

  private final Items items;
  private final String partition;

  StoredItems(Items items, String partition) {
    this.items = items;
    this.partition = partition;
  }

  /**
   * An item.
   *
   * @param sort its sort key
   */
  public record Kept(String sort, long version, JsonNode body) {}

  /** The items whose sort key begins so. */
  public List<Kept> list(String sortPrefix) {
    return items.kept(partition, sortPrefix);
  }

  /**
   * Writes another body; the item leaves the indexes.
   *
   * @throws LostRaceException if it was changed meanwhile
   */
  public void rewrite(Kept kept, JsonNode body) {
    items.write(List.of(Write.put(partition, kept.sort(), kept.version(), body)));
  }

  /**
   * Removes items.
   *
   * @throws LostRaceException if one was changed meanwhile; others may be gone by then
   */
  public void remove(List<Kept> all) {
    for (int from = 0; from < all.size(); from += AT_ONCE) {
      items.write(
          all.subList(from, Math.min(all.size(), from + AT_ONCE)).stream()
              .map(kept -> Write.removal(partition, kept.sort(), kept.version()))
              .toList());
    }
  }
}
