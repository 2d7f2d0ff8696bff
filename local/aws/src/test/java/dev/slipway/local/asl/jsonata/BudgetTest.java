package dev.slipway.local.asl.jsonata;

import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class BudgetTest {
  /** Evaluations hold all carriers of virtual threads, and more of them wait for one. */
  @Test
  void letsOtherThreadsHaveTheirTurn() throws InterruptedException {
    var enough = new AtomicBoolean();
    var busy = new CountDownLatch(Runtime.getRuntime().availableProcessors());
    var threads = new ArrayList<Thread>();
    for (int i = 0; i < 2 * Runtime.getRuntime().availableProcessors(); i++) {
      threads.add(
          Thread.startVirtualThread(
              () -> {
                var budget = new Budget(Duration.ofDays(1));
                busy.countDown();
                while (!enough.get()) {
                  budget.step();
                }
              }));
    }
    busy.await();
    threads.add(Thread.startVirtualThread(() -> enough.set(true)));
    for (var thread : threads) {
      thread.join();
    }
  }
}
