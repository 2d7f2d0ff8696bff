package dev.slipway.task;

import dev.slipway.ledger.Answer;
import dev.slipway.ledger.Outcome;
import java.util.List;

/**
 * What an attempt came to.
 *
 * @param outcome to commit
 * @param fingerprint of the inputs it rests on
 * @param performed whether something was done, or an earlier outcome is used again
 * @param judged the answers that were looked at
 */
record Result(Outcome outcome, String fingerprint, boolean performed, List<Answer> judged) {
  Result with(Outcome other) {
    return new Result(other, fingerprint, performed, judged);
  }
}
