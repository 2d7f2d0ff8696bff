package dev.slipway.api;

import dev.slipway.context.FunctionContext;

/** {@code GET /onboardings/{onboarding}/plan}: what a run would do now. Changes nothing. */
public final class GetPlan extends ApiFunction {
  /** For Lambda. */
  public GetPlan() {
    this(FunctionContext.lambda());
  }

  public GetPlan(FunctionContext context) {
    super(context, Role.MANAGER, Role.ENGINEER, Role.CUSTOMER);
  }

  @Override
  ApiAnswer answer(ApiCall call) {
    return ApiAnswer.of(200, Plans.of(call, call.onboarding()).now());
  }
}
