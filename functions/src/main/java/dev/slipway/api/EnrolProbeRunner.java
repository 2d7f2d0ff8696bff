package dev.slipway.api;

import dev.slipway.context.FunctionContext;
import dev.slipway.ledger.Onboarding;
import dev.slipway.ledger.ProbeRunner;
import dev.slipway.probe.EnrolmentCode;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;

/**
 * {@code POST /onboardings/{onboarding}/probe-runners}: makes a code with which one probe runner
 * can be enrolled, once and soon. The answer is the only place where the code ever stands.
 */
public final class EnrolProbeRunner extends ApiFunction {
  private static final Duration CODE_LASTS = Duration.ofHours(24);
  private static final int LONGEST_NAME = 60;
  private static final int MOST_RUNNERS = 50;

  private final RandomGenerator random;

  /** For Lambda. */
  public EnrolProbeRunner() {
    this(FunctionContext.lambda());
  }

  public EnrolProbeRunner(FunctionContext context) {
    this(context, new SecureRandom());
  }

  EnrolProbeRunner(FunctionContext context, RandomGenerator random) {
    super(context, Role.MANAGER, Role.ENGINEER, Role.CUSTOMER);
    this.random = random;
  }

  /** The answer. */
  record Invited(String runner, String name, String code, Instant expiresAt) {}

  @Override
  ApiAnswer answer(ApiCall call) {
    Onboarding onboarding = call.openOnboarding();
    Fields fields = call.fields();
    String name = fields.text("name", LONGEST_NAME).replaceAll("\\s+", " ");
    fields.complete();
    if (call.context().probes().runners(onboarding.id()).size() >= MOST_RUNNERS) {
      throw Refusal.of(
          409, "runner.too-many", "The onboarding had " + MOST_RUNNERS + " probe runners already.");
    }
    EnrolmentCode code = EnrolmentCode.make(onboarding.id(), random);
    Instant now = call.now();
    ProbeRunner invited =
        ProbeRunner.invited(
            code.runner(),
            name,
            EnrolmentCode.hash(code.secret()),
            now.plus(CODE_LASTS),
            call.actor().name(),
            now);
    call.context().probes().invite(onboarding, invited, call.actor());
    return ApiAnswer.of(
        201, new Invited(invited.id(), name, code.whole(), invited.codeExpiresAt()));
  }
}
