package dev.slipway.local.asl.time;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SystemTimersTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final SystemTimers timers = new SystemTimers(InstantSource.system());

  @AfterEach
  void close() {
    timers.close();
  }

  @Test
  void restWhileNothingIsUnderWay() {
    assertTrue(timers.restFor(MINUTE));
    Activity work = timers.register("work");
    work.begin();
    assertFalse(timers.restFor(MINUTE));
    work.end();
    assertTrue(timers.restFor(MINUTE));
  }

  @Test
  void restUntilTheNextIsDue() {
    Timers.Timer timer = timers.schedule(Instant.now().plus(MINUTE.multipliedBy(10)), () -> {});
    assertTrue(timers.restFor(MINUTE));
    assertFalse(timers.restFor(MINUTE.multipliedBy(20)));
    timer.cancel();
    assertTrue(timers.restFor(MINUTE.multipliedBy(20)));
  }

  @Test
  void doNotRestWhileAnActionRuns() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    timers.schedule(
        Instant.now(),
        () -> {
          begun.countDown();
          try {
            go.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    begun.await();
    assertFalse(timers.restFor(MINUTE));
    go.countDown();
    while (!timers.restFor(MINUTE)) {
      Thread.sleep(1);
    }
  }
}
