package dev.slipway.systems.logging;

import dev.slipway.systems.net.Sleeper;
import dev.slipway.systems.net.SystemTrouble;
import dev.slipway.systems.net.SystemTrouble.Kind;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** Asks for a search's result until it is there: at once, then with pauses of up to two seconds. */
record Polling(Sleeper sleeper, String system) {
  private static final Duration FIRST = Duration.ofMillis(200);
  private static final Duration LONGEST = Duration.ofSeconds(2);
  private static final int LOOKS = 20;

  /**
   * The result of a search.
   *
   * @throws SystemTrouble of kind {@code TIMED_OUT} after about half a minute
   */
  <T> T until(Supplier<Optional<T>> look, Supplier<String> against) {
    Duration pause = FIRST;
    for (int i = 0; i < LOOKS; i++) {
      Optional<T> found = look.get();
      if (found.isPresent()) {
        return found.get();
      }
      try {
        sleeper.sleep(pause);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        break;
      }
      pause = pause.multipliedBy(2).compareTo(LONGEST) < 0 ? pause.multipliedBy(2) : LONGEST;
    }
    throw new SystemTrouble(
        system,
        Kind.TIMED_OUT,
        "The search took longer than half a minute.",
        "state of a search",
        against.get(),
        "");
  }
}
