package dev.slipway.local.run;

import java.time.Duration;
import java.time.Instant;

/** The time in which an onboarding goes on, real or simulated, and how the run waits in it. */
public interface Pace {
  /** The onboarding's time. */
  Instant now();

  /**
   * Waits until what was done has had its effects, where that can be known: in simulated time. What
   * is looked at then is the same every time.
   */
  void settle() throws InterruptedException;

  /**
   * Lets a moment pass before the run looks again. Simulated time passes to the next thing that
   * changes something.
   *
   * @param limit beyond this nothing is waited for; null: as long as it takes
   * @return false if nothing will have changed by then: another look will see the same
   */
  boolean pause(Instant limit) throws InterruptedException;

  /** How long nothing must have changed, in real time, before the run says that nothing moves. */
  Duration patience();

  /** Real time: looks several times a second. */
  static Pace real() {
    return new Pace() {
      @Override
      public Instant now() {
        return Instant.now();
      }

      @Override
      public void settle() {
        // Nobody knows.
      }

      @Override
      public boolean pause(Instant limit) throws InterruptedException {
        Thread.sleep(150);
        return true;
      }

      @Override
      public Duration patience() {
        return Duration.ofSeconds(3);
      }
    };
  }
}
