package dev.slipway.checklist;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.ledger.Party;
import java.time.Duration;
import java.util.List;

/**
 * One step of a task: what is done by a machine in one go, or asked of a person.
 *
 * @param id unique within the task
 * @param title for people
 * @param mode who performs it; for an automatic step the rest says what happens when no machine may
 * @param condition JSONata over the elements: no person is asked for it unless this holds, such as
 *     of a system that was not chosen; null: it is always part
 * @param onlyIf what has to happen for a person to be asked, where no element tells it before, as
 *     the end of "only if …"; null: a person's step is always asked
 * @param byPerson of an automatic step, JSONata over the elements: a person takes it where this
 *     holds, such as of an account that is new; null: a machine does, where it may
 * @param party the person's side; null: the customer
 * @param due how long the person has; null: the usual time, or, of an automatic step, that no
 *     person can take it over
 * @param shows what the person needs of what was given at intake, and gets below the instructions:
 *     an element's id, or a field of it such as {@code mail-server.from}
 * @param waitFor the tasks that must be final before this step; those before it do not wait
 * @param notBefore JSONata over the elements: the time before which it does not begin, such as that
 *     of a window for the move; null: none
 * @param instructions exactly what to do, in our own words
 * @param check how it will be checked
 * @param values JSON Schema of what the person gives beside the statement; null: nothing
 */
public record Step(
    String id,
    String title,
    Mode mode,
    String condition,
    String onlyIf,
    String byPerson,
    Party party,
    Duration due,
    List<String> shows,
    List<Dependency> waitFor,
    String notBefore,
    String instructions,
    String check,
    JsonNode values) {
  private static final Duration USUAL = Duration.ofDays(3);

  /** A person's step of a task that no handler performs: the statement is its proof. */
  public static Step attested(
      String id,
      String title,
      Party party,
      Duration due,
      String instructions,
      String check,
      JsonNode values) {
    return new Step(
        id,
        title,
        Mode.ATTESTED,
        null,
        null,
        null,
        party,
        due,
        List.of(),
        List.of(),
        null,
        instructions,
        check,
        values);
  }

  public Step {
    party = party == null ? Party.CUSTOMER : party;
    shows = shows == null ? List.of() : List.copyOf(shows);
    waitFor = waitFor == null ? List.of() : List.copyOf(waitFor);
  }

  /** How long the person has. */
  public Duration timeGiven() {
    return due == null ? USUAL : due;
  }

  /** How long a person has where a checklist does not say otherwise. */
  public static Duration usualTime() {
    return USUAL;
  }

  /** Whether a person may be asked for it: always, or when no machine may do it. */
  public boolean mayBeAsked() {
    return mode != Mode.AUTOMATIC || due != null;
  }
}
