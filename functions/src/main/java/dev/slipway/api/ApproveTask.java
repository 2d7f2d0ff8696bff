package dev.slipway.api;

import dev.slipway.context.FunctionContext;
import dev.slipway.ledger.Decision;

/**
 * {@code POST /onboardings/{onboarding}/tasks/{task}/approve}: a manager agrees to a waiver that
 * another person asked for, or refuses it. Where the checklist says so, one of the two who agree
 * has to be the person whom an element names, by a verified mail address or the subject. The person
 * who asked may refuse it, too: that takes it back.
 */
public final class ApproveTask extends ApiFunction {
  /** For Lambda. */
  public ApproveTask() {
    this(FunctionContext.lambda());
  }

  public ApproveTask(FunctionContext context) {
    super(context, TaskAction.APPROVE.roles());
  }

  @Override
  ApiAnswer answer(ApiCall call) {
    DecisionRequest deciding = DecisionRequest.of(call);
    Fields fields = call.fields();
    String reason = fields.text("reason", 1000);
    boolean refused = fields.flag("refused");
    fields.complete();
    TaskRules rules = deciding.rules();
    String task = deciding.target().key().toString();
    if (refused) {
      rules.requireAsked();
      deciding.write(deciding.first(Decision.Kind.PERFORM, reason), "task.waiver-refused", reason);
      return AcceptedRequest.of(task, "refuse", call.actor().name());
    }
    Decision asked = rules.requireApprove();
    deciding.write(asked.agreedBy(call.actor().name()), "task.waived", reason);
    return AcceptedRequest.of(task, "approve", call.actor().name());
  }
}
