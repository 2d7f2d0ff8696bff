package dev.slipway.local.asl;

import dev.slipway.local.asl.time.Timers;
import java.time.Instant;

/** The reason for which a branch waits. */
sealed interface Wait permits Wait.Delay, TaskWait, FanOut {

  /** No longer waited for; drops timers. */
  void drop();

  /** A Wait state's time, or that of the next retry. */
  final class Delay implements Wait {
    final Instant until;
    final boolean retry;
    private Timers.Timer timer = () -> {};

    /**
     * @param retry whether the state is to be tried again then; else it is left
     */
    Delay(Instant until, boolean retry) {
      this.until = until;
      this.retry = retry;
    }

    void arm(Timers timers, Runnable action) {
      timer = timers.schedule(until, action);
    }

    @Override
    public void drop() {
      timer.cancel();
    }
  }
}
