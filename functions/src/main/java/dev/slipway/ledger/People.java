package dev.slipway.ledger;

import java.util.List;

/**
 * Who stands behind the aliases of one onboarding: what is erased at its end, while the aliases
 * stay.
 *
 * @param version counts the writes
 * @param people in the order in which they came in
 */
public record People(long version, List<Person> people) {
  public People {
    people = people == null ? List.of() : List.copyOf(people);
  }

  /** Nobody. */
  public static People none() {
    return new People(0, List.of());
  }

  /**
   * Somebody, or a mailbox.
   *
   * @param alias such as {@code manager-1}; stays
   * @param known as what the person stands in the ledger; the first one is how people read it
   */
  public record Person(String alias, List<String> known) {
    public Person {
      known = List.copyOf(known);
    }
  }
}
