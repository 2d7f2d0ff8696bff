package dev.slipway.ledger;

import java.time.Instant;

/** One performed attempt at a task: nothing of it is ever overwritten. */
public record Attempt(TaskKey key, int number, int run, Instant from, Instant to, Outcome outcome) {

  /** Whether anything was tried: not if all it found was that other tasks have to come first. */
  public boolean isTry() {
    return !(outcome instanceof Outcome.Waiting waiting
        && !waiting.dependsOn().isEmpty()
        && waiting.evidence().isEmpty());
  }
}
