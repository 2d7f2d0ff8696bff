package dev.slipway.local.run;

import dev.slipway.local.schedule.LocalTime;
import java.time.Duration;
import java.time.Instant;

/**
 * Real time: looks several times a second. Whether anything can change it asks the runtime, so that
 * a slow machine is not taken for an onboarding that is stuck.
 */
public final class RealPace implements Pace {
  /** What is due later, such as the next reminder, is not waited for. */
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final LocalTime time;

  /** As it was before the last look. */
  private boolean rested;

  /**
   * @param time the runtime's
   */
  public RealPace(LocalTime time) {
    this.time = time;
  }

  @Override
  public Instant now() {
    return time.clock().instant();
  }

  @Override
  public void settle() {
    rested = time.restsFor(PATIENCE);
  }

  @Override
  public boolean pause(Instant limit) throws InterruptedException {
    boolean rests = rested && time.restsFor(PATIENCE);
    Thread.sleep(150);
    return limit == null || !rests;
  }
}
