package Slipway;

import java.time.Instant;

/** Another attempt is at work on the task: try again a little later. */
public final class Busy extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public Busy(Instant until) {
    super("another attempt holds the task until " + until);
  }
}
