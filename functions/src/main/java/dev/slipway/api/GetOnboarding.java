package dev.slipway.api;

import dev.slipway.context.FunctionContext;
import dev.slipway.ledger.Onboarding;

/**
 * {@code GET /onboardings/{onboarding}}: where it stands, section by section, and who is waited for
 * and why. Its entity tag is the newest event's id: a caller that sends it back in {@code
 * If-None-Match} reads nothing twice (304). What has no event, such as that a task is being
 * performed, changes no tag.
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
    // Read before the rest: it may be older than what is answered, never newer.
    String tag = "W/\"" + call.context().auditTrail().newest(onboarding.id()) + "\"";
    if (call.event().header("if-none-match").filter(tag::equals).isPresent()) {
      return ApiAnswer.unchanged(tag);
    }
    return ApiAnswer.of(200, Progress.of(call, onboarding)).header("ETag", tag);
  }
}
