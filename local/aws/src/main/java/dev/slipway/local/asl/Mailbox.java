package dev.slipway.local.asl;

import java.util.ArrayDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Lets events happen one after the other, on whichever thread brings the first of them; a thread
 * that brings one meanwhile leaves it there and goes its way. No thread ever waits for another
 * here, so executions can act on each other without a deadlock, and one that answers itself does
 * not recurse.
 *
 * <p>When no event is left, the journal records; then the effects of the events take place.
 */
final class Mailbox {
  private final Runnable journal;
  private final ConcurrentLinkedQueue<Runnable> events = new ConcurrentLinkedQueue<>();
  private final ArrayDeque<Runnable> effects = new ArrayDeque<>(2);
  private final AtomicInteger waiting = new AtomicInteger();
  private boolean changed;

  Mailbox(Runnable journal) {
    this.journal = journal;
  }

  void post(Runnable event) {
    events.add(event);
    if (waiting.getAndIncrement() == 0) {
      drain();
    }
  }

  /** To be called by events only. */
  void after(Runnable effect) {
    effects.add(effect);
  }

  private void drain() {
    int seen = waiting.get();
    while (seen != 0) {
      try {
        handle();
      } catch (RuntimeException | Error e) {
        // The remaining messages are handled with the next event.
        waiting.set(0);
        throw e;
      }
      seen = waiting.addAndGet(-seen);
    }
  }

  private void handle() {
    for (Runnable event = events.poll(); event != null; event = events.poll()) {
      changed = true;
      event.run();
    }
    if (changed) {
      journal.run();
      changed = false;
    }
    for (Runnable effect = effects.poll(); effect != null; effect = effects.poll()) {
      effect.run();
    }
  }
}
