package dev.slipway.api;

import dev.slipway.context.FunctionContext;
import dev.slipway.ledger.Onboarding;
import dev.slipway.report.Reporter;

/**
 * {@code GET /onboardings/{onboarding}/report}: what became of every line of the checklist, with
 * evidence.
 */
public final class GetReport extends ApiFunction {
  /** For Lambda. */
  public GetReport() {
    this(FunctionContext.lambda());
  }

  public GetReport(FunctionContext context) {
    super(context, Role.MANAGER, Role.ENGINEER, Role.CUSTOMER);
  }

  @Override
  ApiAnswer answer(ApiCall call) {
    Onboarding onboarding = call.onboarding();
    return ApiAnswer.of(
        200, Reporter.of(onboarding, call.checklist(onboarding), call.ledger()).report());
  }
}
