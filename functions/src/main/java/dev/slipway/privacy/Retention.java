package dev.slipway.privacy;

import dev.slipway.context.FunctionContext;
import java.time.Duration;

/** The time for which an onboarding that has ended keeps secrets and personal data. */
public final class Retention {
  private static final long USUAL_DAYS = 30;

  private Retention() {}

  /** As the operator set it. */
  public static Duration of(FunctionContext context) {
    return Duration.ofDays(
        context.value("SLIPWAY_RETENTION_DAYS").map(Long::parseLong).orElse(USUAL_DAYS));
  }
}
