package dev.slipway.task;

import dev.slipway.ledger.Outcome;

/** Ends an attempt at a step that cannot be passed yet: control flow, not an error. */
final class OpenStep extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Outcome outcome;

  OpenStep(Outcome outcome) {
    super(outcome.state(), null, false, false);
    this.outcome = outcome;
  }

  Outcome outcome() {
    return outcome;
  }
}
