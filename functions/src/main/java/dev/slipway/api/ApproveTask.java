package dev.slipway.api;

import dev.slipway.checklist.Requirement;
import dev.slipway.context.FunctionContext;
import dev.slipway.ledger.Decision;

/**
 * {@code POST /onboardings/{onboarding}/tasks/{task}/approve}: a manager agrees to a waiver that
 * somebody else asked for. Where the checklist says so, one of the two has to be the person whom an
 * element names.
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
    requireNamed(call, deciding, asked);
    deciding.write(asked.agreedBy(call.actor().name()), "task.waived", reason);
    return Answered.of(deciding.target().key().toString(), "approve", call.actor().name());
  }

  /** Some tasks are not done without but by somebody whom the intake names. */
  private static void requireNamed(ApiCall call, Deciding deciding, Decision asked) {
    String element = deciding.target().task().waivedWith();
    String name =
        element == null
            ? ""
            : call.ledger()
                .element(deciding.onboarding().id(), element)
                .map(given -> given.value().path("name").asText(""))
                .orElse("");
    if (!name.isEmpty()
        && !Caller.isNamed(asked.by(), name)
        && !Caller.isNamed(call.actor().name(), name)) {
      throw Refusal.of(
              403,
              "waiver.named-person",
              "One of the two must be the person whom the element `" + element + "` names.")
          .at("task");
    }
  }
}
