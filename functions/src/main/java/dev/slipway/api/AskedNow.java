package dev.slipway.api;

import dev.slipway.ledger.Outcome;
import dev.slipway.ledger.Party;
import dev.slipway.ledger.TaskRecord;

/**
 * The one thing that a task asks of people at the moment.
 *
 * @param step the step; empty of a task that failed, or that asks without naming a step
 */
record AskedNow(Party party, String step) {

  /**
   * Reads it.
   *
   * @param wanted the step that the caller means; null: whichever is asked
   * @throws Refusal 409 if the task asks nobody, or another step; 403 if it is not the caller's
   *     side that is asked
   */
  static AskedNow of(Caller caller, TaskRecord task, String wanted) {
    Party party = task.outcome() == null ? null : task.outcome().party();
    if (party == null || party == Party.MACHINE) {
      throw Refusal.of(409, "task.asks-nobody", "The task asks nobody at the moment.")
          .at("task")
          .with("outcome", task.state());
    }
    String step =
        task.outcome() instanceof Outcome.Waiting waiting && waiting.step() != null
            ? waiting.step()
            : "";
    if (wanted != null && !wanted.equals(step)) {
      throw Refusal.of(409, "step.not-asked", "The task asks for another step: " + step + ".")
          .at("step");
    }
    if (!caller.speaksFor(party)) {
      throw Refusal.of(403, "caller.party", "This waits for the other side, which is asked.")
          .at("task")
          .with("party", party);
    }
    return new AskedNow(party, step);
  }
}
