package dev.slipway.api;

import dev.slipway.context.FunctionContext;
import dev.slipway.ledger.Onboarding;
import dev.slipway.ledger.ProbeRunner;

/**
 * {@code POST /onboardings/{onboarding}/probe-runners/{runner}/revoke}: refuses every further
 * request of the runner and the redemption of its code. Its earlier results stay.
 */
public final class RevokeProbeRunner extends ApiFunction {
  /** For Lambda. */
  public RevokeProbeRunner() {
    this(FunctionContext.lambda());
  }

  public RevokeProbeRunner(FunctionContext context) {
    super(context, Role.MANAGER, Role.ENGINEER, Role.CUSTOMER);
  }

  @Override
  ApiAnswer answer(ApiCall call) {
    Onboarding onboarding = call.onboarding();
    String reason = call.reason();
    ProbeRunner runner =
        call.context()
            .probes()
            .runner(onboarding.id(), call.event().path("runner"))
            .orElseThrow(
                () ->
                    Refusal.notFound(
                        "runner.unknown", "runner", "The onboarding has no such probe runner."));
    ProbeRunner revoked = runner;
    if (runner.state() != ProbeRunner.State.REVOKED) {
      revoked = runner.revoked(call.actor().name(), call.now(), reason);
      call.context()
          .probes()
          .save(onboarding.id(), revoked, call.actor(), "probe-runner.revoked", reason);
    }
    return ApiAnswer.of(200, ListProbeRunners.Runner.of(revoked, call.now()));
  }
}
