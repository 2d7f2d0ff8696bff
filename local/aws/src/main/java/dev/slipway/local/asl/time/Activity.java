package dev.slipway.local.asl.time;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts work under way, of which {@link SimulatedTime} waits for the end: a running handler, a
 * stream record not yet delivered. A caller that begins work calls {@link #begin()} before the work
 * can be seen from outside, and {@link #end()} once everything that it causes has begun.
 */
public final class Activity {
  private final String name;
  private final AtomicInteger underWay = new AtomicInteger();
  private final Runnable onBegin;
  private final Runnable onIdle;

  Activity(String name, Runnable onBegin, Runnable onIdle) {
    this.name = name;
    this.onBegin = onBegin;
    this.onIdle = onIdle;
  }

  /** Work begins. */
  public void begin() {
    underWay.incrementAndGet();
    onBegin.run();
  }

  /** Work has ended. */
  public void end() {
    if (underWay.decrementAndGet() == 0) {
      onIdle.run();
    }
  }

  String name() {
    return name;
  }

  boolean idle() {
    return underWay.get() == 0;
  }

  /** The name and how much is under way, for messages. */
  @Override
  public String toString() {
    return name + "=" + underWay;
  }
}
