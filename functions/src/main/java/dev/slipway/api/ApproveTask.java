package dev.slipway.api;

import dev.slipway.checklist.Instances;
import dev.slipway.checklist.Requirement;
import dev.slipway.context.FunctionContext;
import dev.slipway.ledger.Decision;
import dev.slipway.ledger.Identity;
import dev.slipway.report.OpenWaiver;

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
    super(context, Role.MANAGER);
  }

  @Override
  ApiAnswer answer(ApiCall call) {
    DecisionRequest deciding = DecisionRequest.of(call);
    Fields fields = call.fields();
    String reason = fields.text("reason", 1000);
    boolean refused = fields.flag("refused");
    fields.complete();
    deciding.require(
        Requirement.MANDATORY, "The task is optional: it is skipped, and needs no approval.");
    Decision asked =
        deciding
            .made()
            .orElseThrow(
                () ->
                    Refusal.of(409, "waiver.none", "Nobody has asked to do without this task.")
                        .at("task"));
    if (!asked.isOpen()) {
      throw DecisionRequest.decided(asked);
    }
    String task = deciding.target().key().toString();
    if (refused) {
      deciding.write(deciding.first(Decision.Kind.PERFORM, reason), "task.waiver-refused", reason);
      return AcceptedRequest.of(task, "refuse", call.actor().name());
    }
    requireSecond(call, deciding, asked);
    deciding.write(asked.agreedBy(call.actor().name()), "task.waived", reason);
    return AcceptedRequest.of(task, "approve", call.actor().name());
  }

  private static void requireSecond(ApiCall call, DecisionRequest deciding, Decision asked) {
    Identity second = call.caller().identity();
    if (call.caller().isPerson(asked.by()) || second.isSameAs(asked.identity())) {
      throw Refusal.of(
              403, "waiver.same-person", "A waiver needs two people: you asked for it yourself.")
          .at("task");
    }
    OpenWaiver waiver =
        OpenWaiver.of(
            () ->
                new Instances(
                    call.checklist(deciding.onboarding()),
                    call.context().elements().values(deciding.onboarding().id())),
            deciding.target().task(),
            asked);
    if (!waiver.mayBeAgreedBy(second)) {
      throw Refusal.of(
              403,
              "waiver.named-person",
              "One of the two must be the person whom the element `"
                  + deciding.target().task().waivedWith()
                  + "` names. Its `channel` must be a mail address that your token says is"
                  + " verified (`email`, `email_verified`), or your token's `sub`; names do not"
                  + " count.")
          .at("task");
    }
  }
}
