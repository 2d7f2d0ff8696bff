package dev.slipway.local.run;

import java.time.Duration;
import java.util.List;

/**
 * A person's reaction to the outcome of a task: to a failure, or to a wait.
 *
 * @param task the task's key
 * @param outcome the outcome's state, such as {@code FAILED}
 * @param code the problem's code; empty: any
 * @param as the person's role
 * @param actions what is done, in this order
 * @param after how long the person lets it wait
 * @param line where the profile says it
 */
public record Correction(
    String task,
    String outcome,
    String code,
    Role as,
    List<ProfileAction> actions,
    Duration after,
    int line) {
  public Correction {
    actions = List.copyOf(actions);
  }
}
