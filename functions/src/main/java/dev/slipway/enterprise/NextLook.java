package dev.slipway.enterprise;

import dev.slipway.task.Work;
import java.time.Duration;
import java.time.Instant;

/**
 * When a machine looks again by itself at what takes minutes to days, such as a record in DNS:
 * after 5 minutes, after 15, after an hour, then once a day.
 */
public final class NextLook {
  private NextLook() {}

  /**
   * The time of the next look.
   *
   * @param what names the wait ({@code INTENT}), whose time counts from the first call
   */
  public static Instant of(Work work, String what) {
    long minutes = Duration.between(work.since(what), work.now()).toMinutes();
    long pause = minutes < 5 ? 5 : minutes < 20 ? 15 : minutes < 80 ? 60 : 24 * 60;
    return work.now().plus(Duration.ofMinutes(pause));
  }
}
