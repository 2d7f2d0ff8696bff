package dev.slipway.notice;

import dev.slipway.ledger.Problem;
import dev.slipway.ledger.TaskKey;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One or several asks that a person is told as one: the same step of several instances of a task,
 * with the same words, which one statement answers.
 *
 * @param asks in the order in which they are due; never empty
 */
record CombinedAsk(List<Ask> asks) {
  private static final int MOST_NAMED = 3;

  CombinedAsk {
    asks = List.copyOf(asks);
  }

  /** Asks that are equal in this are told as one. */
  private record Alike(
      String onboarding,
      String task,
      String step,
      String instructions,
      String check,
      Problem problem,
      List<Person> told) {
    static Object of(Ask ask) {
      boolean isOneOfSeveral =
          ask.topic() == Ask.Topic.TASK && !ask.step().isEmpty() && !ask.key().instance().isEmpty();
      return isOneOfSeveral
          ? new Alike(
              ask.onboarding().id(),
              ask.key().task(),
              ask.step(),
              ask.instructions(),
              ask.check(),
              ask.problem(),
              ask.told())
          : new Object();
    }
  }

  /** The earliest due first; asks without a date last. */
  static List<CombinedAsk> of(List<Ask> asks) {
    return asks.stream()
        .sorted(Comparator.comparing(Ask::due, Comparator.nullsLast(Comparator.naturalOrder())))
        .collect(Collectors.groupingBy(Alike::of, LinkedHashMap::new, Collectors.toList()))
        .values()
        .stream()
        .map(CombinedAsk::new)
        .toList();
  }

  /** The one that is due first. */
  Ask first() {
    return asks.getFirst();
  }

  /** Names the instance, or says how many there are. */
  String title() {
    if (asks.size() == 1) {
      return first().name();
    }
    String named =
        instances().stream()
            .limit(MOST_NAMED)
            .map(TaskKey::place)
            .collect(Collectors.joining("; "));
    return "%s (%d: %s%s)"
        .formatted(
            first().title(),
            asks.size(),
            named,
            asks.size() > MOST_NAMED ? " and " + (asks.size() - MOST_NAMED) + " more" : "");
  }

  /** Those that are asked the same, in the order in which they are due. */
  List<String> instances() {
    return asks.stream().map(ask -> ask.key().instance()).toList();
  }
}
