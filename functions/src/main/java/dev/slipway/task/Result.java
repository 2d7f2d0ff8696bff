package dev.slipway.task;

import dev.slipway.checklist.Step;
import dev.slipway.ledger.Answer;
import dev.slipway.ledger.Outcome;
import java.time.Duration;
import java.util.List;

/**
 * The result of an attempt.
 *
 * @param outcome the outcome to commit
 * @param fingerprint the fingerprint of the inputs that the outcome rests on
 * @param performed whether the attempt did its work; false if it uses an earlier outcome again
 * @param judged the people's answers that the attempt judged
 * @param toMend how long people have to mend the task, if the attempt failed
 */
record Result(
    Outcome outcome, String fingerprint, boolean performed, List<Answer> judged, Duration toMend) {

  /** A result with the usual time to mend the task. */
  Result(Outcome outcome, String fingerprint, boolean performed, List<Answer> judged) {
    this(outcome, fingerprint, performed, judged, Step.usualTime());
  }

  Result with(Outcome other) {
    return new Result(other, fingerprint, performed, judged, toMend);
  }
}
