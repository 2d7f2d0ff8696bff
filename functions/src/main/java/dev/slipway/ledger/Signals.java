package dev.slipway.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The items that Wake has to look at: the sparse index {@code signals}, by time. */
public final class Signals {
  private static final String INDEX = "signals";
  private static final String DUE = "1";

  private final Items items;

  /** In the table. */
  public Signals(Items items) {
    this.items = items;
  }

  /** The items that Wake has to look at by now and since when, the longest due first. */
  public List<DueSince> since() {
    return items.keys(INDEX, "signalDue", DUE, "signalAt", SortableTime.of(items.now())).stream()
        .map(key -> new DueSince(Due.of(key.partition(), key.sort()), Instant.parse(key.range())))
        .toList();
  }

  /** An item that Wake has to look at, and since when. */
  public record DueSince(Due due, Instant since) {}

  /** When the next of them is due, or was; empty if none is. */
  public Optional<Instant> next() {
    return items.keysAfter(INDEX, "signalDue", DUE, "signalAt", null, 1).stream()
        .map(key -> Instant.parse(key.range()))
        .findFirst();
  }

  /** An item that Wake has to look at. */
  public sealed interface Due {
    /** The id of its onboarding. */
    String onboarding();

    /** The onboarding itself, whose run is to be started or stopped. */
    record Run(String onboarding) implements Due {}

    /** A task. */
    record OfTask(String onboarding, TaskKey key) implements Due {}

    /** An order of the outbox. */
    record Order(String onboarding, String id) implements Due {}

    /** The looks after go-live. */
    record Looks(String onboarding) implements Due {}

    /** What a look after go-live found of a row, whose state waits. */
    record Looked(String onboarding, TaskKey key) implements Due {}

    /** From an item's keys, as the table and its stream name it. */
    static Due of(String partition, String sort) {
      String onboarding = Partition.onboarding(partition);
      if (sort.equals(Partition.META)) {
        return new Run(onboarding);
      }
      if (sort.equals(Partition.LOOKS)) {
        return new Looks(onboarding);
      }
      if (sort.startsWith(Partition.LOOKED)) {
        return new Looked(onboarding, TaskKey.parse(sort.substring(Partition.LOOKED.length())));
      }
      return sort.startsWith(Partition.OUTBOX)
          ? new Order(onboarding, sort.substring(Partition.OUTBOX.length()))
          : new OfTask(onboarding, TaskKey.parse(sort.substring("TASK#".length())));
    }

    /** Whether an item with these keys is one that Wake looks at. */
    static boolean concerns(String partition, String sort) {
      return Partition.isOnboarding(partition)
          && (sort.equals(Partition.META)
              || sort.startsWith("TASK#")
              || sort.equals(Partition.LOOKS)
              || sort.startsWith(Partition.LOOKED)
              || sort.startsWith(Partition.OUTBOX));
    }
  }

  /**
   * Whether Wake has to look at an item by a time.
   *
   * @param image as the table's stream tells it, in DynamoDB's JSON
   */
  public static boolean isDue(JsonNode image, Instant by) {
    return image.has("signalDue")
        && image.path("signalAt").path("S").asText().compareTo(SortableTime.of(by)) <= 0;
  }

  /** The attributes by which an item stands in the index. */
  static Map<String, String> index(Instant at) {
    return Map.of("signalDue", DUE, "signalAt", SortableTime.of(at));
  }
}
