package dev.slipway.local.run;

import dev.slipway.local.schedule.LocalTime;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;

/**
 * Real time: the run looks when the onboarding has changed and the machines rest, and twice a
 * second otherwise, for a look takes the processor that they work with. The pace asks the runtime
 * whether anything can change, so that a slow machine is not taken for an onboarding that is stuck.
 */
public final class RealPace implements Pace {
  /** What is due later, such as the next reminder, is not waited for. */
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private static final Duration MOMENT = Duration.ofMillis(20);
  private static final Duration LONGEST = Duration.ofMillis(500);

  private final LocalTime time;
  private final LongSupplier changes;

  /** As it was before the last look. */
  private boolean rested;

  /** The changes before the last look. */
  private long seen;

  /**
   * @param time the runtime's
   * @param changes counts what changes there
   */
  public RealPace(LocalTime time, LongSupplier changes) {
    this.time = time;
    this.changes = changes;
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
    linger();
    return limit == null || !rests;
  }

  @Override
  public void linger() throws InterruptedException {
    Instant longest = now().plus(LONGEST);
    do {
      Thread.sleep(MOMENT);
    } while (!hasNews() && now().isBefore(longest));
    seen = changes.getAsLong();
  }

  private boolean hasNews() {
    return changes.getAsLong() != seen && time.restsFor(Duration.ZERO);
  }
}
