package dev.slipway.notice;

import dev.slipway.ledger.Keys;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The notices that were sent before, so that none is sent twice: a key in the ledger for each ask,
 * person and stage. All keys that may matter are read at once, for thousands of asks may be open; a
 * sender still competes for its key in the ledger.
 */
final class SentNotices {
  /** How long a sent notice is remembered. Onboardings take weeks. */
  private static final Duration MEMORY = Duration.ofDays(180);

  /** An address that was refused for good is tried again after this time. */
  private static final Duration BETWEEN_TRIES = Duration.ofDays(7);

  private final Keys keys;
  private final Instant now;
  private final Duration patience;
  private final Set<String> known;

  /** The stages of which a person is told once. An overdue ask is told every day. */
  private enum Stage {
    NEW,
    DUE_SOON,
    ESCALATED
  }

  /**
   * @param patience how long an ask may be overdue before it is escalated
   */
  SentNotices(Keys keys, InstantSource clock, List<Ask> asks, Duration patience) {
    this.keys = keys;
    this.now = clock.instant();
    this.patience = patience;
    this.known = new HashSet<>(keys.held(asks.stream().flatMap(this::keys).toList()));
  }

  /** Of all its keys those that matter by now. */
  private Stream<String> keys(Ask ask) {
    List<String> keys = new ArrayList<>();
    if (ask.told().isEmpty() && ask.blocked().isEmpty()) {
      keys.add(nobody(ask));
    }
    for (Person person : ask.told()) {
      keys.add(unreached(person));
      ask.escalatedTo().forEach(lead -> keys.add(unreached(person, lead)));
      stages(ask).forEach(stage -> keys.add(key(stage, ask, person)));
      keys.add(mailed(person));
    }
    if (ask.isOverdue(now)) {
      keys.add(overdue(ask));
    }
    if (ask.isEscalated(now, patience)) {
      keys.add(escalated(ask));
      for (Person person : ask.escalatedTo()) {
        keys.add(unreached(person));
        keys.add(key(Stage.ESCALATED, ask, person));
        keys.add(mailed(person));
      }
    }
    return keys.stream();
  }

  /** Why those are told who are asked. */
  private List<Stage> stages(Ask ask) {
    if (ask.isOverdue(now)) {
      return List.of();
    }
    return ask.isDueSoon(now) ? List.of(Stage.NEW, Stage.DUE_SOON) : List.of(Stage.NEW);
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

  /** The key of a person's mail of the day. */
  static String mailed(Person person) {
    return "mail/" + person.alias();
  }

  /** The key of an address that was refused for good: for some days no mail goes there. */
  private static String unreached(Person person) {
    return "unreached/" + person.alias();
  }

  /** The key of the notice about it to a person who leads. */
  private static String unreached(Person person, Person lead) {
    return unreached(person) + "/" + lead.alias();
  }

  /** Whether the mail service refused the person's address in the last days. */
  boolean isUnreached(Person person) {
    return known.contains(unreached(person));
  }

  /** A person's address was refused for good; answers whether this is news. */
  boolean rememberUnreached(Person person) {
    return known.add(unreached(person)) && keys.take(unreached(person), now.plus(BETWEEN_TRIES));
  }

  /** Whether a person who leads has not been told yet that no mail reaches another one. */
  boolean isUnreachedNews(Person person, Person lead) {
    return !known.contains(unreached(person, lead));
  }

  void rememberUnreached(Person person, Person lead) {
    once(unreached(person, lead));
  }

  private static String key(Stage stage, Ask ask, Person person) {
    return "told/" + stage + "/" + ask.id() + "/" + person.alias();
  }

  /** Whether a person who is asked has to be told of it now. */
  boolean isNews(Ask ask, Person person) {
    return ask.isOverdue(now)
        || stages(ask).stream().anyMatch(stage -> !known.contains(key(stage, ask, person)));
  }

  /** Whether a person who leads was told that it is overdue for too long. */
  boolean wasEscalated(Ask ask, Person person) {
    return known.contains(key(Stage.ESCALATED, ask, person));
  }

  /** Whether the mail of the day is still to be sent, and the caller is the one who sends it. */
  boolean takesMailOfTheDay(Person person, Instant tomorrow) {
    return known.add(mailed(person)) && keys.take(mailed(person), tomorrow);
  }

  /** A person who is asked was told of it. */
  void remember(Ask ask, Person person) {
    stages(ask).forEach(stage -> once(key(stage, ask, person)));
  }

  void rememberEscalated(Ask ask, Person person) {
    once(key(Stage.ESCALATED, ask, person));
  }

  /** Whether the caller is the first. */
  boolean once(String what) {
    return known.add(what) && keys.take(what, now.plus(MEMORY));
  }

  /** It was not told after all. */
  void forget(String what) {
    known.remove(what);
    keys.release(what);
  }
}
