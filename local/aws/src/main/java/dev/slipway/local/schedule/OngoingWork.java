package dev.slipway.local.schedule;

/** Work under way, during which simulated time stands still, and no onlooker gives up. */
public interface OngoingWork {
  /** Work begins: to be called before the work can be seen from outside. */
  void begin();

  /** Work has ended, and everything that it causes has begun. */
  void end();
}
