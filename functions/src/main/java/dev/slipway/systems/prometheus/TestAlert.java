package dev.slipway.systems.prometheus;

import java.time.Instant;

/**
 * An alert that shows whether alerts arrive.
 *
 * @param id makes it recognisable; letters, digits and dashes
 * @param summary what a person reads
 * @param startsAt when it began
 * @param endsAt when it ends by itself
 */
public record TestAlert(String id, String summary, Instant startsAt, Instant endsAt) {

  public TestAlert {
    if (!id.matches("[A-Za-z0-9-]{1,100}")) {
      throw new IllegalArgumentException("not a plain id: " + id);
    }
  }
}
