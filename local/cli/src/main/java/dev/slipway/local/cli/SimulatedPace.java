package dev.slipway.local.cli;

import dev.slipway.local.asl.time.SimulatedTime;
import dev.slipway.local.run.Pace;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;

/**
 * Simulated time: passes from one timer to the next, at once, when nothing is under way. The run
 * looks after every change, so that its people answer at the time at which they are asked, and only
 * then, so that days in which nothing happens cost nothing.
 */
final class SimulatedPace implements Pace {
  /** So far ahead nothing is waited for. */
  private static final Duration HORIZON = Duration.ofDays(400);

  private final SimulatedTime time;
  private final LongSupplier changes;
  private final Instant end;
  private long seen;

  /**
   * @param changes counts what changes
   */
  SimulatedPace(SimulatedTime time, LongSupplier changes) {
    this.time = time;
    this.changes = changes;
    this.end = time.instant().plus(HORIZON);
  }

  @Override
  public Instant now() {
    return time.instant();
  }

  @Override
  public void settle() throws InterruptedException {
    time.awaitIdle();
    seen = changes.getAsLong();
  }

  @Override
  public boolean pause(Instant limit) throws InterruptedException {
    Instant until = limit == null ? end : limit;
    do {
      if (!time.runNext(until)) {
        if (limit != null && limit.isAfter(now())) {
          time.advance(Duration.between(now(), limit));
        }
        return changes.getAsLong() != seen;
      }
      time.awaitIdle();
    } while (changes.getAsLong() == seen);
    // Twenty that were answered at one time go on at one time: one look shows them all.
    time.runUntil(now());
    time.awaitIdle();
    return true;
  }

  /** To settle is enough. */
  @Override
  public void linger() {}
}
