package dev.slipway.task;

import dev.slipway.checklist.Checklist;
import dev.slipway.ledger.Outcome;
import dev.slipway.ledger.Party;
import dev.slipway.ledger.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * Says of a failure who can mend it, since when it lasts, and by when it should be mended: whoever
 * gave what the problem points at; otherwise the vendor's engineers, who run Slipway.
 */
final class Mender {
  private final Checklist checklist;

  Mender(Checklist checklist) {
    this.checklist = checklist;
  }

  /**
   * The outcome of an attempt as it is committed.
   *
   * @param before the task's outcome until now; null before the first. The same problem found again
   *     keeps its dates: trying does not put off when it is due
   * @param toMend how long people have
   */
  Outcome addressed(Outcome before, Outcome found, Duration toMend, Instant now) {
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

  /** The message may tell a number that changes from try to try. */
  private static boolean isSame(Problem one, Problem other) {
    return one.code().equals(other.code()) && Objects.equals(one.field(), other.field());
  }
}
