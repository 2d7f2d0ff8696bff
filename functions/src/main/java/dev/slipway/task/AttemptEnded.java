package dev.slipway.task;

import dev.slipway.ledger.Outcome;

/** Ends an attempt with an open outcome, such as a wait: control flow, not an error. */
final class AttemptEnded extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Outcome outcome;

  AttemptEnded(Outcome outcome) {
    super(outcome.state(), null, false, false);
    this.outcome = outcome;
  }

  Outcome outcome() {
    return outcome;
  }
}
