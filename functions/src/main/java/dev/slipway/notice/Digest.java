package dev.slipway.notice;

import dev.slipway.ledger.Onboarding;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All that one person is told in one mail, across onboardings. */
final class Digest {
  private static final int MOST_TOLD = 100;

  private final Person person;
  private final List<Ask> asked = new ArrayList<>();
  private final List<Ask> escalated = new ArrayList<>();
  private final Map<Person, List<Ask>> unreached = new LinkedHashMap<>();

  Digest(Person person) {
    this.person = person;
  }

  Person person() {
    return person;
  }

  /** The person as one of the onboardings names them. */
  Person person(Onboarding onboarding) {
    return people(all().stream().filter(ask -> ask.onboarding().id().equals(onboarding.id())))
        .findFirst()
        .orElse(person);
  }

  /** The person's name in the onboardings, if they agree; empty otherwise, or without a name. */
  Optional<String> name() {
    return agreed(Person::name).filter(Predicate.not(String::isEmpty));
  }

  /** In which zone the person's days begin and end, if the onboardings agree. */
  Optional<ZoneId> zone() {
    return agreed(Person::zone).flatMap(Function.identity());
  }

  private <T> Optional<T> agreed(Function<Person, T> what) {
    List<T> all = people(all().stream()).map(what).distinct().toList();
    return all.size() == 1 ? Optional.of(all.getFirst()) : Optional.empty();
  }

  private Stream<Person> people(Stream<Ask> asks) {
    return asks.flatMap(ask -> Stream.concat(ask.told().stream(), ask.escalatedTo().stream()))
        .filter(each -> each.mailbox().equals(person.mailbox()));
  }

  /** The requests that wait for this person. */
  List<Ask> asked() {
    return asked;
  }

  /** The requests that wait for others for too long. */
  List<Ask> escalated() {
    return escalated;
  }

  /** Whom no mail reaches, of those for whom these wait; each with what waits. */
  Map<Person, List<Ask>> unreached() {
    return unreached;
  }

  /** No mail reaches a person for whom this waits. */
  void unreached(Person whom, Ask ask) {
    unreached.computeIfAbsent(whom, each -> new ArrayList<>()).add(ask);
  }

  List<Ask> all() {
    Set<Ask> all = new LinkedHashSet<>(asked);
    all.addAll(escalated);
    unreached.values().forEach(all::addAll);
    return List.copyOf(all);
  }

  /** The asks of each onboarding. */
  static Map<Onboarding, List<Ask>> byOnboarding(List<Ask> asks) {
    return asks.stream()
        .collect(Collectors.groupingBy(Ask::onboarding, LinkedHashMap::new, Collectors.toList()));
  }

  /**
   * Those that a mail tells one by one, onboarding by onboarding, in each what is due first: of
   * more nobody reads, and SES takes 10 MB.
   */
  static Map<Onboarding, List<CombinedAsk>> told(List<Ask> asks) {
    return CombinedAsk.of(asks).stream()
        .limit(MOST_TOLD)
        .collect(
            Collectors.groupingBy(
                each -> each.first().onboarding(), LinkedHashMap::new, Collectors.toList()));
  }

  /** The line about the others. */
  static Optional<String> others(List<Ask> asks) {
    int all = CombinedAsk.of(asks).size();
    return all <= MOST_TOLD
        ? Optional.empty()
        : Optional.of(
            "And "
                + (all - MOST_TOLD)
                + " more, which are due later: `slipway status` lists them all.");
  }

  String subject(Instant now) {
    List<CombinedAsk> waiting = CombinedAsk.of(asked);
    long overdue = waiting.stream().filter(each -> each.first().isOverdue(now)).count();
    List<String> parts = new ArrayList<>();
    if (!waiting.isEmpty()) {
      parts.add(
          waiting.size()
              + (waiting.size() == 1 ? " thing waits" : " things wait")
              + " for you"
              + (overdue == 0 ? "" : ", " + overdue + " overdue"));
    }
    if (!escalated.isEmpty()) {
      parts.add(CombinedAsk.of(escalated).size() + " overdue elsewhere");
    }
    if (!unreached.isEmpty()) {
      parts.add(
          "no mail reaches "
              + unreached.keySet().stream().map(Person::name).collect(Collectors.joining(", ")));
    }
    return "Slipway: " + String.join("; ", parts);
  }
}
