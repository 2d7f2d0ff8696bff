package dev.slipway.api;

import dev.slipway.context.FunctionContext;
import dev.slipway.ledger.Onboarding;
import dev.slipway.ledger.ProgressData;

/**
 * {@code GET /onboardings/{onboarding}}: where it stands, section by section, and who is waited for
 * and why.
 */
public final class GetOnboarding extends ApiFunction {
  /** For Lambda. */
  public GetOnboarding() {
    this(FunctionContext.lambda());
  }

  public GetOnboarding(FunctionContext context) {
    super(context, Role.MANAGER, Role.ENGINEER, Role.CUSTOMER);
  }

  @Override
  ApiAnswer answer(ApiCall call) {
    Onboarding onboarding = call.onboarding();
    ProgressData standing = call.context().onboardings().standing(onboarding.id());
    return ApiAnswer.of(
            200,
            Progress.of(
                onboarding,
                call.checklist(onboarding, standing.rows()),
                standing,
                call.context().elements(),
                call.now()))
        .header("ETag", Precondition.tag(onboarding.version()));
  }
}
