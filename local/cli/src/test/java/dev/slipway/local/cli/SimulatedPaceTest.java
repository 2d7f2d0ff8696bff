package dev.slipway.local.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.local.asl.time.SimulatedTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SimulatedPaceTest {
  private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

  private final SimulatedTime time = new SimulatedTime(BEGIN);
  private final List<String> changed = new ArrayList<>();
  private final SimulatedPace pace = new SimulatedPace(time, changed::size);

  /** Who looks after each of them by itself sees the same hundreds of rows again and again. */
  @Test
  void whatHappensAtOneTimeIsSeenTogether() throws InterruptedException {
    after(60, "one");
    after(60, "other");
    after(61, "later");
    pace.settle();

    assertTrue(pace.pause(null));
    assertEquals(List.of("one", "other"), changed);
    assertEquals(BEGIN.plusSeconds(60), pace.now());

    pace.settle();
    assertTrue(pace.pause(null));
    assertEquals(List.of("one", "other", "later"), changed);
    pace.settle();
    assertFalse(pace.pause(null), "nothing is left to happen");
  }

  @Test
  void whatChangesNothingIsPassedOver() throws InterruptedException {
    time.schedule(BEGIN.plusSeconds(1), () -> {});
    after(2, "change");
    pace.settle();

    assertTrue(pace.pause(BEGIN.plusSeconds(3)));
    assertEquals(BEGIN.plusSeconds(2), pace.now());
    pace.settle();
    assertFalse(pace.pause(BEGIN.plusSeconds(3)));
    assertEquals(BEGIN.plusSeconds(3), pace.now());
  }

  private void after(int seconds, String what) {
    time.schedule(BEGIN.plusSeconds(seconds), () -> changed.add(what));
  }
}
