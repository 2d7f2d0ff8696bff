package dev.slipway.task;

import dev.slipway.ledger.Attempt;
import dev.slipway.ledger.Outcome;
import dev.slipway.ledger.Party;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * When something that is asked again was due when it was asked first. Looks at the attempts since
 * the task was last final: an answer that was not accepted, or a trouble in between, gives nobody
 * more time.
 */
record FirstAsk(List<Attempt> attempts) {
  static FirstAsk in(List<Attempt> attempts) {
    return new FirstAsk(attempts);
  }

  /**
   * The due date of the same ask.
   *
   * @param step null for what is asked without naming a step
   * @param newBecause the code of the problem that makes it another ask than before; null: none
   * @return empty if it was not asked yet, or if what is asked has changed since
   */
  Optional<Instant> of(Party party, String step, String instructions, String newBecause) {
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
