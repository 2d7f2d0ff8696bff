package dev.slipway.local.data;

import dev.slipway.local.data.dump.Progress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Tells Slipway how far a job has come, beside the job itself, which it never holds up: as soon as
 * there are rows, and then at each pause. When it is closed nothing is on its way any more.
 */
final class Heartbeat implements Progress, AutoCloseable {
  private final Progress shown;
  private final Map<String, Long> rows = new HashMap<>();
  private final Map<String, Long> bytes = new HashMap<>();
  private final Semaphore early = new Semaphore(0);
  private final Thread sender;
  private volatile boolean closed;
  private boolean begun;
  private String table = "";

  /** How far a job has come, in all its tables. */
  record Reached(String table, long rows, long bytes) {}

  /**
   * @param shown hears everything at once
   * @param tell hands on how far the job is; what becomes of it does not matter
   */
  Heartbeat(Progress shown, Duration pause, Consumer<Reached> tell) {
    this.shown = shown;
    this.sender = Thread.ofVirtual().name("heartbeat").start(() -> beat(pause, tell));
  }

  @Override
  public void expect(String ofTable, long expected) {
    shown.expect(ofTable, expected);
  }

  @Override
  public void at(String inTable, long read, long taken, long size) {
    synchronized (rows) {
      table = inTable;
      rows.put(inTable, taken);
      bytes.put(inTable, size);
      if (!begun && taken > 0) {
        begun = true;
        early.release();
      }
    }
    shown.at(inTable, read, taken, size);
  }

  private Reached reached() {
    synchronized (rows) {
      return new Reached(table, sum(rows), sum(bytes));
    }
  }

  private static long sum(Map<String, Long> of) {
    return of.values().stream().mapToLong(Long::longValue).sum();
  }

  private void beat(Duration pause, Consumer<Reached> tell) {
    try {
      while (true) {
        early.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS);
        if (closed) {
          return;
        }
        Reached reached = reached();
        if (!reached.table().isEmpty()) {
          tell.accept(reached);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed = true;
    early.release();
    boolean interrupted = false;
    while (sender.isAlive()) {
      try {
        sender.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
