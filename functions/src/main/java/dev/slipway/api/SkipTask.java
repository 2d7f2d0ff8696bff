package dev.slipway.api;

import dev.slipway.context.FunctionContext;
import dev.slipway.ledger.Decision;

/** {@code POST /onboardings/{onboarding}/tasks/{task}/skip}: an optional task is not taken. */
public final class SkipTask extends ApiFunction {
  /** For Lambda. */
  public SkipTask() {
    this(FunctionContext.lambda());
  }

  public SkipTask(FunctionContext context) {
    super(context, TaskAction.SKIP.roles());
  }

  @Override
  ApiAnswer answer(ApiCall call) {
    DecisionRequest deciding = DecisionRequest.of(call);
    String reason = call.reason();
    deciding.rules().requireSkip();
    deciding.write(deciding.first(Decision.Kind.SKIP, reason), "task.skipped", reason);
    return AcceptedRequest.of(deciding.target().key().toString(), "skip", call.actor().name());
  }
}
