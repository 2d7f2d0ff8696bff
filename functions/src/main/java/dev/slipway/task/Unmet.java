package dev.slipway.task;

import dev.slipway.ledger.Problem;

/** A handler's finding that something is not as it must be, with what to do about it. */
public final class Unmet extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  /** Described for a person who can act on it. */
  public Unmet(String code, String system, String field, String message, String nextStep) {
    super(message);
    this.problem = new Problem(code, system, field, message, nextStep);
  }

  /** What is wrong. */
  public Problem problem() {
    return problem;
  }
}
