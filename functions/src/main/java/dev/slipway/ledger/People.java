package dev.slipway.ledger;

import dev.slipway.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The people behind the aliases of one onboarding: erased at its end, while the aliases stay.
 *
 * @param version counts the writes
 * @param people in the order in which they came in
 */
public record People(long version, List<Person> people) {
  public People {
    people = people == null ? List.of() : List.copyOf(people);
  }

  /** DynamoDB takes items of 400 KB. */
  private static final int MOST_BYTES = 300_000;

  /** Nobody. */
  public static People none() {
    return new People(0, List.of());
  }

  /**
   * As many of them as one item of the table takes, in their order: mailboxes that stand in texts
   * come last. A person left out has an alias all the same, which leads back to no one.
   */
  People kept() {
    int bytes = 0;
    for (int i = 0; i < people.size(); i++) {
      bytes += Json.tree(people.get(i)).toString().getBytes(StandardCharsets.UTF_8).length;
      if (bytes > MOST_BYTES) {
        return new People(version, people.subList(0, i));
      }
    }
    return this;
  }

  /**
   * A person, or a mailbox.
   *
   * @param alias such as {@code manager-1}; stays
   * @param known the names of the person in the ledger; the first one is how people read it
   */
  public record Person(String alias, List<String> known) {
    public Person {
      known = List.copyOf(known);
    }
  }
}
