package dev.slipway.task;

import dev.slipway.ledger.Problem;
import java.time.Instant;

/**
 * A requirement of a task that is not met, with the next step for a person. A handler throws it
 * from a step; the attempt ends with a failure, or the person who stated the step is asked again.
 */
public final class UnmetRequirement extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;
  private final transient Instant lookAgain;

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
    this(new Problem(code, system, field, message, nextStep), null);
  }

  private UnmetRequirement(Problem problem, Instant lookAgain) {
    super(problem.message());
    this.problem = problem;
    this.lookAgain = lookAgain;
  }

  /** The same, at which a machine looks again by itself: what is missing may come without us. */
  public UnmetRequirement lookedAtAgain(Instant at) {
    return new UnmetRequirement(problem, at);
  }

  /** When a machine looks again by itself; null: never. */
  Instant lookAgain() {
    return lookAgain;
  }

  /** The problem, as it is shown. */
  public Problem problem() {
    return problem;
  }
}
