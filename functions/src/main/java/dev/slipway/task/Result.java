package dev.slipway.task;

import dev.slipway.checklist.Step;
import dev.slipway.ledger.Answer;
import dev.slipway.ledger.Outcome;
import java.time.Duration;
import java.util.List;

/**
 * What an attempt came to.
 *
 * @param outcome to commit
 * @param fingerprint of the inputs it rests on
 * @param performed whether something was done, or an earlier outcome is used again
 * @param judged the answers that were looked at
 * @param toMend how long people have to mend it, if it failed
 */
record Result(
    Outcome outcome, String fingerprint, boolean performed, List<Answer> judged, Duration toMend) {

  /** With the usual time to mend it. */
  Result(Outcome outcome, String fingerprint, boolean performed, List<Answer> judged) {
    this(outcome, fingerprint, performed, judged, Step.usualTime());
  }

  Result with(Outcome other) {
    return new Result(other, fingerprint, performed, judged, toMend);
  }
}
