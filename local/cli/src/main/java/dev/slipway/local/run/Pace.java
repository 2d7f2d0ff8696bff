package dev.slipway.local.run;

import java.time.Duration;
import java.time.Instant;

/** The time in which an onboarding goes on, real or simulated, and how the run waits in it. */
public interface Pace {
  /** The onboarding's time. */
  Instant now();

  /**
   * Waits until all requests have had their effects, where that can be known: in simulated time.
   * The state after it is the same every time.
   */
  void settle() throws InterruptedException;

  /**
   * Lets a moment pass before the run looks again. Simulated time passes to the next event that
   * brings a change.
   *
   * @param limit beyond this nothing is waited for; null: as long as it takes
   * @return false if there will be no change by then: another look will see the same
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
