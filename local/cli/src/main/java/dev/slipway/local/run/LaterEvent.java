package dev.slipway.local.run;

import java.time.Duration;
import java.util.List;

/**
 * What happens after go-live.
 *
 * @param after how long after the sign-off
 * @param actions what is done, in this order
 * @param line where the profile says it
 */
public record LaterEvent(Duration after, List<ProfileAction> actions, int line) {
  public LaterEvent {
    actions = List.copyOf(actions);
  }
}
