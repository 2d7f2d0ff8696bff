package dev.slipway.local.asl.time;

import java.time.Instant;

/** Runs actions at given times. */
public interface Timers {

  /**
   * Runs an action once, at the given time or as soon as possible after it. The action is short: it
   * may run on the one thread that serves all timers.
   */
  Timer schedule(Instant at, Runnable action);

  /** An action that is due some time. */
  @FunctionalInterface
  interface Timer {
    /** Drops the action, unless it has run or runs already. */
    void cancel();
  }
}
