package dev.slipway.task;

import dev.slipway.ledger.Problem;

/**
 * A requirement of a task that is not met, with the next step for a person. A handler throws it
 * from a step; the attempt ends with a failure, or the person who stated the step is asked again.
 */
public final class UnmetRequirement extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  /**
   * Described for a person who can act on it.
   *
   * @param code names the problem for machines, such as {@code docker.other-user}
   * @param system the system it was found in
   * @param field the element to correct, or a field of it; null for none
   * @param message what is wrong, in a sentence
   * @param nextStep what the person does next, in a sentence
   */
  public UnmetRequirement(
      String code, String system, String field, String message, String nextStep) {
    super(message);
    this.problem = new Problem(code, system, field, message, nextStep);
  }

  /** The problem, as it is shown. */
  public Problem problem() {
    return problem;
  }
}
