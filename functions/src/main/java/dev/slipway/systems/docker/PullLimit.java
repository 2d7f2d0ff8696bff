package dev.slipway.systems.docker;

import java.util.OptionalInt;

/**
 * The number of pulls that an account has, as the registry's {@code ratelimit-*} headers say. An
 * authenticated answer without these headers means a paid plan without a limit.
 *
 * @param limit pulls per window; empty for a plan without a limit
 * @param remaining what is left of them
 * @param windowSeconds length of the window
 * @param answer the headers as they may be recorded
 */
public record PullLimit(
    OptionalInt limit, OptionalInt remaining, OptionalInt windowSeconds, String answer) {

  /** Whether the plan limits pulls, which a platform that creates containers outgrows at once. */
  public boolean limited() {
    return limit.isPresent() || remaining.isPresent();
  }
}
