package dev.slipway.ledger;

import java.time.Instant;

/** One performed attempt at a task: nothing of it is ever overwritten. */
public record Attempt(
    TaskKey key, int number, int run, Instant from, Instant to, Outcome outcome) {}
