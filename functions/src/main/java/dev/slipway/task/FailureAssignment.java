package dev.slipway.task;

import dev.slipway.checklist.Checklist;
import dev.slipway.ledger.Outcome;
import dev.slipway.ledger.Party;
import dev.slipway.ledger.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * Assigns a failure: to the party that gave the input which the problem points at, otherwise to the
 * vendor's engineers, who run Slipway; with the time since when it lasts, and a due date.
 */
final class FailureAssignment {
  private final Checklist checklist;

  FailureAssignment(Checklist checklist) {
    this.checklist = checklist;
  }

  /**
   * The outcome of an attempt as it is committed.
   *
   * @param before the task's outcome until now; null before the first. The same problem found again
   *     keeps its dates, so that another try does not put off the due date
   * @param toMend how long people have to mend the failure
   */
  Outcome assigned(Outcome before, Outcome found, Duration toMend, Instant now) {
    if (!(found instanceof Outcome.Failed failed)) {
      return found;
    }
    Party party = checklist.giver(failed.problem().field()).orElse(Party.VENDOR);
    return before instanceof Outcome.Failed earlier
            && earlier.since() != null
            && isSame(earlier.problem(), failed.problem())
        ? failed.askedOf(party, earlier.since(), earlier.due())
        : failed.askedOf(party, now, now.plus(toMend));
  }

  /** Messages are not compared: a message may hold a number that changes from try to try. */
  private static boolean isSame(Problem one, Problem other) {
    return one.code().equals(other.code()) && Objects.equals(one.field(), other.field());
  }
}
