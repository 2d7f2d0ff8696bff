package dev.slipway.local.asl.time;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Timers in real time. One daemon thread keeps them; each runs on a thread of its own, so that one
 * that takes long keeps no other waiting.
 */
public final class SystemTimers implements Timers, AutoCloseable {
  private final InstantSource clock;
  private final ScheduledThreadPoolExecutor thread;

  public SystemTimers(InstantSource clock) {
    this.clock = clock;
    this.thread =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().name("states-language-timers").daemon().factory());
    thread.setRemoveOnCancelPolicy(true);
  }

  @Override
  public Timer schedule(Instant at, Runnable action) {
    long delay = Math.max(0, Duration.between(clock.instant(), at).toMillis());
    Future<?> future =
        thread.schedule(() -> Thread.startVirtualThread(action), delay, TimeUnit.MILLISECONDS);
    return () -> future.cancel(false);
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
