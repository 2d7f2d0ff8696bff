package dev.slipway.api;

import dev.slipway.context.FunctionContext;
import dev.slipway.ledger.Decision;

/**
 * {@code POST /onboardings/{onboarding}/tasks/{task}/waive}: asks to do without a mandatory task.
 * It counts once another person, who is a manager, has approved it.
 */
public final class WaiveTask extends ApiFunction {
  /** For Lambda. */
  public WaiveTask() {
    this(FunctionContext.lambda());
  }

  public WaiveTask(FunctionContext context) {
    super(context, TaskAction.WAIVE.roles());
  }

  @Override
  ApiAnswer answer(ApiCall call) {
    DecisionRequest deciding = DecisionRequest.of(call);
    String reason = call.reason();
    deciding.rules().requireWaive();
    deciding.write(deciding.first(Decision.Kind.WAIVE, reason), "task.waiver-requested", reason);
    return ApiAnswer.of(
        202,
        new AcceptedRequest(
            deciding.target().key().toString(),
            "waive",
            call.actor().name(),
            "the approval of another manager"));
  }
}
