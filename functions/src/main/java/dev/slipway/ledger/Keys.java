package dev.slipway.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.json.Json;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Keys for what is to happen once in a time, by whomever: {@code PK = KEY#once/<what>}, {@code SK =
 * KEY}. They expire.
 */
public final class Keys {
  private final Items items;

  /** In the table. */
  public Keys(Items items) {
    this.items = items;
  }

  /**
   * Takes a key for a time.
   *
   * @param what unique to it; must name no person
   * @return whether it is the caller's; false: another caller has it
   */
  public boolean hold(String what, Instant until) {
    // A key that is asked for again and again costs a read, not a refused write.
    return !isHeld(what) && take(what, until);
  }

  /** As {@link #hold}, of a key that was just seen not to be held: without looking again. */
  public boolean take(String what, Instant until) {
    try {
      items.write(List.of(Write.put(partition(what), "KEY", 0, held(until)).expiring(until)));
      return true;
    } catch (LostRaceException e) {
      return false;
    }
  }

  /** Whether the key is taken. */
  public boolean isHeld(String what) {
    return items.get(partition(what), "KEY", JsonNode.class).isPresent();
  }

  /** Those of these keys that are taken. */
  public Set<String> held(Collection<String> keys) {
    Map<String, String> wanted = new LinkedHashMap<>();
    keys.forEach(what -> wanted.put(partition(what), what));
    return items.present(List.copyOf(wanted.keySet()), "KEY").stream()
        .map(wanted::get)
        .collect(Collectors.toSet());
  }

  /** Gives a key back that {@link #hold} gave: the act that it was taken for did not happen. */
  public void release(String what) {
    items.write(
        List.of(Write.put(partition(what), "KEY", 1, held(items.now())).expiring(items.now())));
  }

  private static JsonNode held(Instant until) {
    return Json.tree(Map.of("until", until));
  }

  private static String partition(String what) {
    return "KEY#once/" + what;
  }
}
