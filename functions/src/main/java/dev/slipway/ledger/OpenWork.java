package dev.slipway.ledger;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The open work of people, addenda to be told, and the erasures to come: the sparse index {@code
 * open-work}, by party and due date.
 */
public final class OpenWork {
  private static final String INDEX = "open-work";

  /** The index key of waivers without a second person's consent. */
  private static final String SECOND_PERSON = "SECOND_PERSON";

  /** The index key of what people cannot go on with. */
  private static final String BLOCKED = "BLOCKED";

  /** The index key of onboardings that have ended and still hold secrets and personal data. */
  private static final String ERASURE = "ERASURE";

  /** The index key of addenda that who leads has not been told of. */
  private static final String ADDENDUM = "ADDENDUM";

  /** Sorts behind every date of this millennium. */
  private static final String NO_DATE = "8";

  /** Ends the date of what failed, so that whoever counts failures reads keys only. */
  private static final String FAILED = "!";

  private static final int PAGE = 100;

  /** As many keys as are read at once where all are counted. */
  private static final int LARGE_PAGE = 1_000;

  private final Items items;

  /** In the table. */
  public OpenWork(Items items) {
    this.items = items;
  }

  /**
   * One page of the tasks that wait for a party, or for it to mend them, the earliest due first. A
   * task stands in one list only: a gate that asks several parties in that of the first.
   *
   * @param after the last one of the page before; null for the first page
   */
  public List<Place> of(Party party, Place after, int limit) {
    return page(party.name(), "TASK#", after, limit);
  }

  /**
   * One page of the tasks of which a waiver waits for its second person, the earliest due first.
   *
   * @param after the last one of the page before; null for the first page
   */
  public List<Place> waivers(Place after, int limit) {
    return page(SECOND_PERSON, "DECISION#", after, limit);
  }

  /** All tasks that wait for a party, by their keys alone. */
  public List<Place> all(Party party) {
    return all(after -> of(party, after, LARGE_PAGE));
  }

  /** All waivers that wait for their second person, by their keys alone. */
  public List<Place> allWaivers() {
    return all(after -> waivers(after, LARGE_PAGE));
  }

  /** The tasks that people have said they cannot go on with, by their keys alone. */
  public List<Place> allBlocked() {
    return all(after -> page(BLOCKED, Blocked.PREFIX, after, LARGE_PAGE)).stream()
        .map(place -> new Place(place.onboarding(), Blocked.task(place.task()), place.dueAt()))
        .toList();
  }

  private static List<Place> all(Function<Place, List<Place>> pageAfter) {
    List<Place> all = new ArrayList<>();
    List<Place> page;
    do {
      page = pageAfter.apply(all.isEmpty() ? null : all.getLast());
      all.addAll(page);
    } while (page.size() == LARGE_PAGE);
    return all;
  }

  /** The erasures due until then, and the time of the next one. */
  public Erasures erasures(Instant until) {
    String bound = SortableTime.of(until);
    List<String> onboardings = new ArrayList<>();
    List<Items.IndexKey> page = List.of();
    do {
      page = keys(ERASURE, page.isEmpty() ? null : page.getLast(), PAGE);
      for (Items.IndexKey key : page) {
        if (key.range().compareTo(bound) > 0) {
          return new Erasures(onboardings, Optional.of(Instant.parse(key.range())));
        }
        onboardings.add(Partition.onboarding(key.partition()));
      }
    } while (page.size() == PAGE);
    return new Erasures(onboardings, Optional.empty());
  }

  /** The addenda that who leads has not been told of, by their keys alone, the oldest first. */
  public List<UntoldAddendum> untoldAddenda() {
    List<UntoldAddendum> all = new ArrayList<>();
    List<Items.IndexKey> page = List.of();
    do {
      page = keys(ADDENDUM, page.isEmpty() ? null : page.getLast(), PAGE);
      page.forEach(
          key ->
              all.add(
                  new UntoldAddendum(
                      Partition.onboarding(key.partition()), AddendumInfo.number(key.sort()))));
    } while (page.size() == PAGE);
    return all;
  }

  /** An addendum that who leads has not been told of. */
  public record UntoldAddendum(String onboarding, int number) {}

  /**
   * Ended onboardings that still hold secrets and personal data.
   *
   * @param onboardings those that are to be erased, the earliest first
   * @param next when the first one after them is to be erased
   */
  public record Erasures(List<String> onboardings, Optional<Instant> next) {
    public Erasures {
      onboardings = List.copyOf(onboardings);
    }
  }

  private List<Place> page(String whose, String kind, Place after, int limit) {
    Items.IndexKey last =
        after == null
            ? null
            : new Items.IndexKey(
                Partition.of(after.onboarding()), kind + after.task(), after.dueAt());
    return keys(whose, last, limit).stream()
        .map(
            key ->
                new Place(
                    Partition.onboarding(key.partition()),
                    TaskKey.parse(key.sort().substring(kind.length())),
                    key.range()))
        .toList();
  }

  private List<Items.IndexKey> keys(String whose, Items.IndexKey after, int limit) {
    return items.keysAfter(INDEX, "openParty", whose, "dueAt", after, limit);
  }

  /**
   * The place of a task in the list of a party's open work.
   *
   * @param dueAt when it is due, and whether it failed, as the index has it
   */
  public record Place(String onboarding, TaskKey task, String dueAt) {
    /** Whether it should have been done by then. */
    public boolean isOverdue(Instant now) {
      return dueAt.compareTo(SortableTime.of(now)) < 0;
    }

    /** Whether it failed and waits to be mended. */
    public boolean isFailed() {
      return dueAt.endsWith(FAILED);
    }
  }

  /** Whether a task with this outcome stands in the list of the party. */
  public static boolean isOf(Party party, Outcome outcome) {
    return first(outcome).filter(work -> work.party() == party).isPresent();
  }

  /** The attributes by which a task stands in the index. */
  static Map<String, String> index(Outcome outcome) {
    return first(outcome)
        .map(
            work ->
                Map.of(
                    "openParty",
                    work.party().name(),
                    "dueAt",
                    (work.due() == null ? NO_DATE : SortableTime.of(work.due()))
                        + (work instanceof Outcome.Failed ? FAILED : "")))
        .orElse(Map.of());
  }

  private static Optional<Outcome> first(Outcome outcome) {
    return outcome.openWork().stream()
        .filter(work -> work.party() != null && work.party() != Party.MACHINE)
        .findFirst();
  }

  /** The attributes by which an onboarding that is to be erased stands in the index. */
  static Map<String, String> erasureIndex(Instant time) {
    return Map.of("openParty", ERASURE, "dueAt", SortableTime.of(time));
  }

  /** The attributes by which an addendum that is to be told stands in the index. */
  static Map<String, String> addendumIndex(Instant since) {
    return Map.of("openParty", ADDENDUM, "dueAt", SortableTime.of(since));
  }

  /** The attributes by which a person who is blocked stands in the index. */
  static Map<String, String> blockedIndex(Instant since) {
    return Map.of("openParty", BLOCKED, "dueAt", SortableTime.of(since));
  }

  /** The attributes by which a waiver stands in the index. */
  static Map<String, String> waiverIndex(Instant due) {
    return Map.of("openParty", SECOND_PERSON, "dueAt", SortableTime.of(due));
  }
}
