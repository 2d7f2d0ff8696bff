package dev.slipway.api;

import dev.slipway.context.FunctionContext;
import dev.slipway.ledger.Onboarding;

/**
 * {@code GET /onboardings/{onboarding}/looks}: how often an onboarding is looked at after go-live,
 * and the addenda to its report so far.
 */
public final class ListLooks extends ApiFunction {
  /** For Lambda. */
  public ListLooks() {
    this(FunctionContext.lambda());
  }

  public ListLooks(FunctionContext context) {
    super(context, Role.MANAGER, Role.ENGINEER, Role.CUSTOMER);
  }

  @Override
  ApiAnswer answer(ApiCall call) {
    Onboarding onboarding = call.onboarding();
    return ApiAnswer.of(
        200,
        LooksView.of(
            call, onboarding, call.context().looks().schedule(onboarding.id()).orElse(null)));
  }
}
