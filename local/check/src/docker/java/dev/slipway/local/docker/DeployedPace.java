package dev.slipway.local.docker;

import dev.slipway.local.run.Pace;
import java.time.Duration;
import java.time.Instant;

/**
 * Real time, and few looks: each is a call of a function in a container. Nobody tells here whether
 * anything can still happen, so that a run waits as long as it may.
 */
final class DeployedPace implements Pace {
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);

  @Override
  public Instant now() {
    return Instant.now();
  }

  @Override
  public void settle() {}

  @Override
  public boolean pause(Instant limit) throws InterruptedException {
    linger();
    return limit == null || now().isBefore(limit);
  }

  @Override
  public void linger() throws InterruptedException {
    Thread.sleep(BETWEEN_LOOKS);
  }
}
