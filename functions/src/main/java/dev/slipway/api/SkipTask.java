package dev.slipway.api;

import dev.slipway.checklist.Requirement;
import dev.slipway.context.FunctionContext;
import dev.slipway.ledger.Decision;

/** {@code POST /onboardings/{onboarding}/tasks/{task}/skip}: an optional task is not taken. */
public final class SkipTask extends ApiFunction {
  /** For Lambda. */
  public SkipTask() {
    this(FunctionContext.lambda());
  }

  public SkipTask(FunctionContext context) {
    super(context, Role.MANAGER, Role.CUSTOMER);
  }

  @Override
  ApiAnswer answer(ApiCall call) {
    DecisionRequest deciding = DecisionRequest.of(call);
    String reason = call.reason();
    deciding.require(
        Requirement.OPTIONAL,
        "The task is mandatory: it can be waived by two people, not skipped.");
    deciding.requireUndecided();
    deciding.write(deciding.first(Decision.Kind.SKIP, reason), "task.skipped", reason);
    return AcceptedRequest.of(deciding.target().key().toString(), "skip", call.actor().name());
  }
}
