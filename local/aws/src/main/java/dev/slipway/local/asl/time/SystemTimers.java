package dev.slipway.local.asl.time;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Timers in real time. One daemon thread keeps them; each runs on a thread of its own, so that one
 * that takes long keeps no other waiting. They know what is under way, as {@link SimulatedTime}
 * does, so that an onlooker can tell a slow machine from one that has nothing to do.
 */
public final class SystemTimers implements Timers, AutoCloseable {
  private final InstantSource clock;
  private final ScheduledThreadPoolExecutor thread;
  private final Set<Due> pending = ConcurrentHashMap.newKeySet();
  private final Activities activities = new Activities(() -> {});
  private final Activity actions = register("timers");

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
    Due due = new Due(at);
    pending.add(due);
    Future<?> future = thread.schedule(() -> run(due, action), delay, TimeUnit.MILLISECONDS);
    return () -> {
      if (future.cancel(false)) {
        pending.remove(due);
      }
    };
  }

  private void run(Due due, Runnable action) {
    actions.begin();
    pending.remove(due);
    Thread.startVirtualThread(
        () -> {
          try {
            action.run();
          } finally {
            actions.end();
          }
        });
  }

  /** A counter of work under way. */
  public Activity register(String name) {
    return activities.register(name);
  }

  /**
   * Whether nothing is under way, and no timer is due before this time has passed: nothing changes
   * by itself meanwhile.
   */
  public boolean restFor(Duration ahead) {
    Instant end = clock.instant().plus(ahead);
    // In this order: a timer is pending until its action counts.
    return pending.stream().noneMatch(due -> due.at.isBefore(end)) && activities.rest(name -> true);
  }

  /** One timer; not a record, for two may be due at the same time. */
  private static final class Due {
    private final Instant at;

    Due(Instant at) {
      this.at = at;
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
