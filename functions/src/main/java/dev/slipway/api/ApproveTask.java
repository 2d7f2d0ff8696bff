package dev.slipway.api;

import dev.slipway.checklist.Requirement;
import dev.slipway.context.FunctionContext;
import dev.slipway.ledger.Decision;

/**
 * {@code POST /onboardings/{onboarding}/tasks/{task}/approve}: a manager agrees to a waiver that
 * somebody else asked for.
 */
public final class ApproveTask extends ApiFunction {
  /** For Lambda. */
  public ApproveTask() {
    this(FunctionContext.lambda());
  }

  public ApproveTask(FunctionContext context) {
    super(context, Role.MANAGER);
  }

  @Override
  ApiAnswer answer(ApiCall call) {
    Deciding deciding = Deciding.of(call);
    String reason = call.reason();
    deciding.require(
        Requirement.MANDATORY, "The task is optional: it is skipped, and needs no approval.");
    Decision asked =
        deciding
            .made()
            .orElseThrow(
                () ->
                    Refusal.of(409, "waiver.none", "Nobody has asked to do without this task.")
                        .at("task"));
    if (asked.kind() != Decision.Kind.WAIVE || asked.secondBy() != null) {
      throw Deciding.decided(asked);
    }
    if (call.caller().isPerson(asked.by())) {
      throw Refusal.of(
              403, "waiver.same-person", "A waiver needs two people: you asked for it yourself.")
          .at("task");
    }
    deciding.write(asked.agreedBy(call.actor().name()), "task.waived", reason);
    return Answered.of(deciding.target().key().toString(), "approve", call.actor().name());
  }
}
