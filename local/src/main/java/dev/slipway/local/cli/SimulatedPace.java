package dev.slipway.local.cli;

import dev.slipway.local.asl.time.SimulatedTime;
import dev.slipway.local.run.Pace;
import java.time.Duration;
import java.time.Instant;

/**
 * Simulated time: passes from one timer to the next, at once, when nothing is under way. The run
 * looks between two timers, so that its people answer at the time at which they are asked.
 */
final class SimulatedPace implements Pace {
  /** So far ahead nothing is waited for. */
  private static final Duration HORIZON = Duration.ofDays(400);

  private final SimulatedTime time;
  private final Instant end;

  SimulatedPace(SimulatedTime time) {
    this.time = time;
    this.end = time.instant().plus(HORIZON);
  }

  @Override
  public Instant now() {
    return time.instant();
  }

  @Override
  public void pause(Instant limit) throws InterruptedException {
    if (time.runNext(limit == null ? end : limit)) {
      return;
    }
    if (limit != null && limit.isAfter(now())) {
      time.advance(Duration.between(now(), limit));
    } else {
      // Nothing is left to happen: only what is under way can change something.
      Thread.sleep(20);
    }
  }

  @Override
  public Duration patience() {
    return Duration.ofSeconds(2);
  }
}
