package dev.slipway.systems.net;

import java.time.Duration;

/** Waits between two attempts; handed in so that tests do not. */
@FunctionalInterface
public interface Sleeper {

  /** The real one. */
  Sleeper REAL = Thread::sleep;

  /** Waits for the given time. */
  void sleep(Duration time) throws InterruptedException;
}
