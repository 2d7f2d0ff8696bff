package dev.slipway.api;

import dev.slipway.context.FunctionContext;
import dev.slipway.ledger.Onboarding;
import dev.slipway.privacy.Retention;

/**
 * {@code POST /onboardings/{onboarding}/cancel}: ends an onboarding before its time, for good. The
 * answer states when it loses secrets and personal data.
 */
public final class CancelOnboarding extends ApiFunction {
  /** For Lambda. */
  public CancelOnboarding() {
    this(FunctionContext.lambda());
  }

  public CancelOnboarding(FunctionContext context) {
    super(context, Role.MANAGER);
  }

  @Override
  ApiAnswer answer(ApiCall call) {
    call.onboarding();
    String reason = call.reason();
    Onboarding cancelling =
        StateChange.of(call, "onboarding.cancel-requested", reason)
            .apply(
                onboarding ->
                    switch (onboarding.state()) {
                      case INTAKE, STARTING, RUNNING, STOPPING, STOPPED ->
                          onboarding
                              .to(Onboarding.State.CANCELLING, call.now())
                              .erasingAt(call.now().plus(Retention.of(call.context())));
                      case COMPLETED ->
                          throw StateChange.refusal(onboarding, "It is complete already.");
                      case SIGNED_OFF ->
                          throw StateChange.refusal(onboarding, "It was signed off already.");
                      case CANCELLING, CANCELLED ->
                          throw StateChange.refusal(onboarding, "It was cancelled already.");
                    });
    return ApiAnswer.of(202, OnboardingView.Answer.of(cancelling));
  }
}
