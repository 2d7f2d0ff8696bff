package dev.slipway.local.asl.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class SimulatedTimeTest {
  private static final Instant START = Instant.parse("2030-01-01T00:00:00Z");
  private final SimulatedTime time = new SimulatedTime(START);
  private final List<String> ran = Collections.synchronizedList(new ArrayList<>());

  private void at(long seconds, String name) {
    time.schedule(START.plusSeconds(seconds), () -> ran.add(name + "@" + secondsNow()));
  }

  private long secondsNow() {
    return Duration.between(START, time.instant()).toSeconds();
  }

  @Test
  void runsInOrderOfTimeThenOfScheduling() throws InterruptedException {
    at(20, "c");
    at(10, "a");
    at(20, "d");
    at(10, "b");
    at(-5, "past");
    time.runUntilIdle();
    assertEquals(List.of("past@0", "a@10", "b@10", "c@20", "d@20"), ran);
  }

  @Test
  void runsWhatTimersSchedule() throws InterruptedException {
    time.schedule(START.plusSeconds(5), () -> at(7, "second"));
    at(9, "third");
    time.runUntilIdle();
    assertEquals(List.of("second@7", "third@9"), ran);
  }

  @Test
  void cancelledTimersDoNotRun() throws InterruptedException {
    time.schedule(START.plusSeconds(1), () -> ran.add("no")).cancel();
    time.runUntilIdle();
    assertTrue(ran.isEmpty());
    assertEquals(START, time.instant());
  }

  @Test
  void advancesByTheAmountAsked() throws InterruptedException {
    at(10, "a");
    at(30, "b");
    time.advance(Duration.ofSeconds(20));
    assertEquals(List.of("a@10"), ran);
    assertEquals(20, secondsNow());
  }

  @Test
  @Timeout(120) // Only a guard against a hang.
  void standsStillWhileSomethingIsUnderWay() throws InterruptedException {
    Activity handlers = time.register("handlers");
    at(60, "timer");
    handlers.begin();
    Thread handler =
        Thread.ofPlatform()
            .start(
                () -> {
                  ran.add("handler@" + secondsNow());
                  at(30, "scheduled by the handler");
                  handlers.end();
                });
    time.runUntilIdle();
    handler.join();
    assertEquals(List.of("handler@0", "scheduled by the handler@30", "timer@60"), ran);
  }
}
