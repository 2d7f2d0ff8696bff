package dev.slipway.api;

import dev.slipway.context.FunctionContext;
import dev.slipway.ledger.Onboarding;

/**
 * {@code GET /onboardings/{onboarding}/sign-off}: who signed off, and the signature of the report.
 * The public key is not told here: a person who checks a signature gets it by another way.
 */
public final class GetSignOff extends ApiFunction {
  /** For Lambda. */
  public GetSignOff() {
    this(FunctionContext.lambda());
  }

  public GetSignOff(FunctionContext context) {
    super(context, Role.MANAGER, Role.ENGINEER, Role.CUSTOMER);
  }

  @Override
  ApiAnswer answer(ApiCall call) {
    Onboarding onboarding = call.onboarding();
    return call.context()
        .signOffs()
        .signedReport(onboarding.id())
        .map(report -> ApiAnswer.of(200, SignedOff.of(report)))
        .orElseThrow(
            () ->
                Refusal.notFound(
                    "onboarding.not-signed-off", "onboarding", "It has not been signed off."));
  }
}
