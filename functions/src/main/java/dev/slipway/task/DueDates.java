package dev.slipway.task;

import dev.slipway.ledger.Attempt;
import dev.slipway.ledger.Outcome;
import dev.slipway.ledger.Party;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The due dates of earlier asks, in the attempts since the task was last final. An ask that is
 * repeated keeps its first due date: a rejected statement, or a trouble in between, gives nobody
 * more time.
 */
record DueDates(List<Attempt> attempts) {

  /**
   * The due date of the same ask.
   *
   * @param step the step that is asked for; null for an ask that names none
   * @param newBecause the code of the problem that makes this another ask than the earlier one;
   *     null for none
   * @return empty if nobody was asked yet, or if the ask has changed since
   */
  Optional<Instant> ofSame(Party party, String step, String instructions, String newBecause) {
    for (int i = attempts.size() - 1; i >= 0; i--) {
      Outcome outcome = attempts.get(i).outcome();
      if (outcome.isFinal()) {
        return Optional.empty();
      }
      if (outcome instanceof Outcome.Waiting waiting
          && waiting.party() == party
          && Objects.equals(waiting.step(), step)) {
        boolean same = waiting.instructions().equals(instructions);
        boolean sameReason =
            newBecause == null
                || (waiting.problem() != null && waiting.problem().code().equals(newBecause));
        return same && sameReason ? Optional.ofNullable(waiting.due()) : Optional.empty();
      }
    }
    return Optional.empty();
  }
}
