package dev.slipway.notice;

import dev.slipway.ledger.Ledger;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What was told before, so that nothing is told twice: a key in the ledger for each thing, person
 * and stage. All that may matter is read at once, for thousands of things may be open; who takes a
 * key still competes for it in the ledger.
 */
final class Told {
  /** For how long it is known that something was told. Onboardings take weeks. */
  private static final Duration MEMORY = Duration.ofDays(180);

  private final Ledger ledger;
  private final Instant until;
  private final Set<String> known;

  /** Why a person is told of something. */
  enum Stage {
    NEW,
    DUE_SOON,
    ESCALATED
  }

  Told(Ledger ledger, List<Ask> asks) {
    this.ledger = ledger;
    this.until = ledger.now().plus(MEMORY);
    this.known = new HashSet<>(ledger.keys().held(asks.stream().flatMap(Told::keys).toList()));
  }

  private static Stream<String> keys(Ask ask) {
    return Stream.of(
            Stream.of(overdue(ask), escalated(ask), nobody(ask)),
            ask.told().stream()
                .flatMap(p -> Stream.of(key(Stage.NEW, ask, p), key(Stage.DUE_SOON, ask, p))),
            ask.escalatedTo().stream().map(person -> key(Stage.ESCALATED, ask, person)),
            Stream.concat(ask.told().stream(), ask.escalatedTo().stream()).map(Told::mailed))
        .flatMap(keys -> keys);
  }

  static String overdue(Ask ask) {
    return "overdue/" + ask.id();
  }

  static String escalated(Ask ask) {
    return "escalated/" + ask.id();
  }

  static String nobody(Ask ask) {
    return "nobody/" + ask.id();
  }

  /** That a person got the mail of the day. */
  static String mailed(Person person) {
    return "mail/" + person.alias();
  }

  private static String key(Stage stage, Ask ask, Person person) {
    return "told/" + stage + "/" + ask.id() + "/" + person.alias();
  }

  boolean was(Stage stage, Ask ask, Person person) {
    return known.contains(key(stage, ask, person));
  }

  /** Whether the mail of the day is still to be sent, and the caller is the one who sends it. */
  boolean takesMailOfTheDay(Person person, Instant tomorrow) {
    return known.add(mailed(person)) && ledger.keys().take(mailed(person), tomorrow);
  }

  void remember(Stage stage, Ask ask, Person person) {
    once(key(stage, ask, person));
  }

  /** Whether the caller is the first. */
  boolean once(String what) {
    return known.add(what) && ledger.keys().take(what, until);
  }

  /** It was not told after all. */
  void forget(String what) {
    known.remove(what);
    ledger.keys().release(what);
  }
}
