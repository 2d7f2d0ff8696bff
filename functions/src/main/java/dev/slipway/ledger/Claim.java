package dev.slipway.ledger;

import java.time.Instant;
import java.util.Comparator;

/**
 * One attempt's hold on a task.
 *
 * @param id unique to the invocation
 * @param run the run that the attempt belongs to
 * @param entered when the state was entered ({@code State.EnteredTime})
 * @param retry how often the state was retried ({@code State.RetryCount})
 * @param token the task token that waits for the answer
 * @param generation the request that this attempt answers
 * @param leaseUntil when the attempt is given up for dead; null once it committed
 * @param execution the ARN of the section's execution that waits for the answer; null where the
 *     state does not tell it: a section's gate does
 */
public record Claim(
    String id,
    int run,
    Instant entered,
    int retry,
    String token,
    long generation,
    Instant leaseUntil,
    String execution) {

  private static final Comparator<Claim> AGE =
      Comparator.comparingInt(Claim::run)
          .thenComparing(Claim::entered)
          .thenComparingInt(Claim::retry);

  /** Whether this attempt began before the other: an invocation can arrive late. */
  public boolean isOlderThan(Claim other) {
    return AGE.compare(this, other) < 0;
  }

  /** Whether an attempt may still be at work under this claim. */
  public boolean isLeased(Instant now) {
    return leaseUntil != null && now.isBefore(leaseUntil);
  }

  /** Names the attempt within its run and task, in log lines: when the state was entered, retry. */
  public String attempt() {
    return entered + "/" + retry;
  }

  Claim released() {
    return new Claim(id, run, entered, retry, token, generation, null, execution);
  }
}
