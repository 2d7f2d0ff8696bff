package dev.slipway.local.asl.time;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.PriorityQueue;
import java.util.function.Predicate;

/**
 * A clock and timers whose time passes only by {@link #advance} and {@link #runUntilIdle}: to the
 * next timer at once, when nothing is under way.
 *
 * <p>Deterministic: timers that are due at the same time run in the order in which they were
 * scheduled, all on the thread that lets time pass. Scheduling and reading the time are safe from
 * any thread; one thread at a time lets time pass.
 */
public final class SimulatedTime implements InstantSource, Timers {
  private final Object lock = new Object();
  private final PriorityQueue<Due> queue = new PriorityQueue<>();
  private final Activities activities = new Activities(this::tell);
  private Instant now;
  private long scheduled;

  public SimulatedTime(Instant start) {
    this.now = start;
  }

  @Override
  public Instant instant() {
    synchronized (lock) {
      return now;
    }
  }

  /** A counter of work during which time stands still. */
  public Activity register(String name) {
    return activities.register(name);
  }

  private void tell() {
    synchronized (lock) {
      lock.notifyAll();
    }
  }

  @Override
  public Timer schedule(Instant at, Runnable action) {
    synchronized (lock) {
      Due due = new Due(at, scheduled++, action);
      queue.add(due);
      lock.notifyAll();
      return () -> {
        synchronized (lock) {
          queue.remove(due);
        }
      };
    }
  }

  /**
   * Lets time pass from timer to timer until nothing is under way and no timer is left.
   *
   * @throws InterruptedException when interrupted while waiting for work to end
   */
  public void runUntilIdle() throws InterruptedException {
    runUntil(Instant.MAX);
  }

  /**
   * Lets an amount of time pass, running what becomes due.
   *
   * @throws InterruptedException when interrupted while waiting for work to end
   */
  public void advance(Duration amount) throws InterruptedException {
    Instant end = instant().plus(amount);
    runUntil(end);
    synchronized (lock) {
      now = end;
    }
  }

  /**
   * Lets time pass to the next timer, and runs that one only.
   *
   * @return false if there was none
   * @throws InterruptedException when interrupted while waiting for work to end
   */
  public boolean runNext() throws InterruptedException {
    Due due = next(Instant.MAX);
    if (due != null) {
      due.action.run();
    }
    return due != null;
  }

  /**
   * Runs, in order, what is due up to the given time, waiting whenever work is under way. Time
   * stays at the last timer that ran.
   *
   * @throws InterruptedException when interrupted while waiting for work to end
   */
  public void runUntil(Instant end) throws InterruptedException {
    for (Due due = next(end); due != null; due = next(end)) {
      due.action.run();
    }
  }

  /**
   * Waits until nothing is under way, then runs the next timer if it is due up to the given time.
   *
   * @return whether there was one
   * @throws InterruptedException when interrupted while waiting for work to end
   */
  public boolean runNext(Instant end) throws InterruptedException {
    Due due = next(end);
    if (due != null) {
      due.action.run();
    }
    return due != null;
  }

  /**
   * Waits until nothing is under way.
   *
   * @throws InterruptedException when interrupted while waiting for work to end
   */
  public void awaitIdle() throws InterruptedException {
    awaitIdle(name -> true);
  }

  /**
   * Waits until nothing of some kinds is under way.
   *
   * @param kinds picks activities by the names that they were registered with
   * @throws InterruptedException when interrupted while waiting for work to end
   */
  public void awaitIdle(Predicate<String> kinds) throws InterruptedException {
    synchronized (lock) {
      while (!activities.rest(kinds)) {
        lock.wait();
      }
    }
  }

  /** Waits until nothing is under way; then removes the next timer and moves time to it. */
  private Due next(Instant end) throws InterruptedException {
    synchronized (lock) {
      while (!activities.rest(name -> true)) {
        lock.wait();
      }
      Due due = queue.peek();
      if (due == null || due.at.isAfter(end)) {
        return null;
      }
      queue.remove();
      if (due.at.isAfter(now)) {
        now = due.at;
      }
      return due;
    }
  }

  private record Due(Instant at, long order, Runnable action) implements Comparable<Due> {
    @Override
    public int compareTo(Due other) {
      int byTime = at.compareTo(other.at);
      return byTime != 0 ? byTime : Long.compare(order, other.order);
    }
  }
}
