package dev.slipway.local.run;

import java.time.Instant;

/** The time in which an onboarding goes on, real or simulated, and how the run waits in it. */
public interface Pace {
  /** The onboarding's time. */
  Instant now();

  /**
   * Before each look: waits until all requests have had their effects, in simulated time. The state
   * after it is the same every time.
   */
  void settle() throws InterruptedException;

  /**
   * Lets a moment pass before the run looks again. Simulated time passes to the next event that
   * brings a change.
   *
   * @param limit beyond this nothing is waited for; null: as long as it takes
   * @return false if there will be no change by then: another look will see the same. Real time
   *     says so of the next seconds
   */
  boolean pause(Instant limit) throws InterruptedException;

  /**
   * Leaves the machines to what people have just done, before the run looks again. Simulated time
   * stands still.
   */
  void linger() throws InterruptedException;
}
