package dev.slipway.api;

import dev.slipway.context.FunctionContext;
import dev.slipway.ledger.Onboarding;

/**
 * {@code POST /onboardings/{onboarding}/stop}: asks for the run to be stopped. Everything recorded
 * stays; the next start goes on from there.
 */
public final class StopOnboarding extends ApiFunction {
  /** For Lambda. */
  public StopOnboarding() {
    this(FunctionContext.lambda());
  }

  public StopOnboarding(FunctionContext context) {
    super(context, Role.MANAGER, Role.ENGINEER);
  }

  @Override
  ApiAnswer answer(ApiCall call) {
    call.onboarding();
    String reason = call.reason();
    Onboarding stopping =
        StateChange.of(call, "onboarding.stop-requested", reason)
            .apply(
                onboarding ->
                    switch (onboarding.state()) {
                      case STARTING, RUNNING ->
                          onboarding.to(Onboarding.State.STOPPING, call.now());
                      case INTAKE,
                          STOPPING,
                          STOPPED,
                          COMPLETED,
                          CANCELLING,
                          CANCELLED,
                          SIGNED_OFF ->
                          throw StateChange.refusal(
                              onboarding, "Nothing runs that could be stopped.");
                    });
    return ApiAnswer.of(202, OnboardingView.Answer.of(stopping));
  }
}
