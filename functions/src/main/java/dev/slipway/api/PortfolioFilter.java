package dev.slipway.api;

import dev.slipway.ledger.OpenWork;
import dev.slipway.ledger.Party;
import dev.slipway.ledger.TaskKey;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What onboardings can be looked for by, {@code ?show=}: told by the keys of the index of open work
 * alone, whatever there is of it. A task that asks several parties counts for the first of them.
 */
enum PortfolioFilter {
  /** Open work is past its date. */
  OVERDUE,
  /** A task failed and waits for people to mend it. */
  FAILED,
  /** A person has said that they cannot go on with what is asked. */
  BLOCKED,
  /** A waiver waits for its second person. */
  WAIVER,
  /** The customer is asked. */
  CUSTOMER,
  /** The vendor is asked. */
  VENDOR;

  /** By which filters each onboarding is found, as things stand. */
  static Map<PortfolioFilter, Set<String>> onboardings(OpenWork open, Instant now) {
    Map<PortfolioFilter, Set<String>> found = new EnumMap<>(PortfolioFilter.class);
    List<OpenWork.Place> customer = open.all(Party.CUSTOMER);
    List<OpenWork.Place> vendor = open.all(Party.VENDOR);
    List<OpenWork.Place> waivers = open.allWaivers();
    List<OpenWork.Place> tasks =
        Stream.of(customer, vendor, open.all(Party.THIRD_PARTY)).flatMap(List::stream).toList();
    found.put(CUSTOMER, ids(customer, place -> true));
    found.put(VENDOR, ids(vendor, place -> true));
    found.put(WAIVER, ids(waivers, place -> true));
    found.put(FAILED, ids(tasks, OpenWork.Place::isFailed));
    Set<String> overdue = ids(tasks, place -> place.isOverdue(now));
    overdue.addAll(ids(waivers, place -> place.isOverdue(now)));
    found.put(OVERDUE, overdue);
    // Another person may have answered since: then nobody is asked there any more.
    Set<Asked> asked = tasks.stream().map(Asked::of).collect(Collectors.toSet());
    found.put(BLOCKED, ids(open.allBlocked(), place -> asked.contains(Asked.of(place))));
    return found;
  }

  private record Asked(String onboarding, TaskKey task) {
    static Asked of(OpenWork.Place place) {
      return new Asked(place.onboarding(), place.task());
    }
  }

  private static Set<String> ids(List<OpenWork.Place> places, Predicate<OpenWork.Place> which) {
    return places.stream()
        .filter(which)
        .map(OpenWork.Place::onboarding)
        .collect(Collectors.toCollection(HashSet::new));
  }
}
