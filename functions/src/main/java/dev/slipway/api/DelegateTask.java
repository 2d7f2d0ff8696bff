package dev.slipway.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.context.FunctionContext;
import dev.slipway.ledger.Delegation;
import dev.slipway.ledger.Grant;
import dev.slipway.ledger.LostRaceException;
import dev.slipway.ledger.Onboarding;
import dev.slipway.ledger.TaskKey;
import dev.slipway.ledger.TaskRecord;
import java.time.Instant;

/**
 * {@code POST /onboardings/{onboarding}/tasks/{task}/delegate}: hands one item that waits for the
 * caller's party to a colleague, who is reminded of it from then on. By itself it gives no rights:
 * the colleague answers with a token of their own, or tells the one who has. With {@code "access":
 * true} the colleague needs no account, and may answer this one step as a guest.
 */
public final class DelegateTask extends ApiFunction {
  /** For Lambda. */
  public DelegateTask() {
    this(FunctionContext.lambda());
  }

  public DelegateTask(FunctionContext context) {
    super(context, TaskAction.DELEGATE.roles());
  }

  /** The answer. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Delegated(
      String task, String step, String to, String by, Instant at, GuestAccess.Granted guest) {}

  @Override
  ApiAnswer answer(ApiCall call) {
    Onboarding onboarding = call.openOnboarding();
    TaskTarget target = TaskTarget.of(call, onboarding, call.event().path("task"));
    TaskKey key = target.key();
    Fields fields = call.fields();
    String reason = fields.text("reason", 1000);
    String wanted = fields.optionalText("step", 100).orElse(null);
    JsonNode to = fields.object("to").orElse(null);
    boolean access = fields.flag("access");
    fields.complete();
    if (to == null) {
      throw Refusal.of(422, "body.invalid", "`to` must be given: name and email.").at("to");
    }
    Fields colleague = new Fields(to);
    Addressee receiver = Addressee.of(colleague);
    colleague.complete();
    receiver.requireAddress("to.email");
    TaskRecord asking = call.context().tasks().of(onboarding.id(), key);
    AskedNow asked = AskedNow.of(call.caller(), asking, wanted);
    String step = asked.step();
    GuestAccess guests = new GuestAccess(call);
    if (access) {
      if (step.isEmpty()) {
        throw Refusal.of(
                409,
                "guest.no-step",
                "No step waits that a guest could answer: let them give the element or the access"
                    + " data that it needs.")
            .at("access");
      }
      guests.requirePossible(onboarding);
    }
    Delegation delegation =
        new Delegation(
            key,
            step,
            call.context()
                .delegations()
                .of(onboarding.id(), key, step)
                .map(Delegation::version)
                .orElse(0L),
            receiver.name(),
            receiver.email(),
            call.actor().name(),
            call.now(),
            reason);
    try {
      call.context().delegations().save(onboarding.id(), delegation, asking, call.actor());
    } catch (LostRaceException e) {
      if (!e.getMessage().startsWith("DELEGATE#")) {
        throw e;
      }
      throw Refusal.of(409, "task.delegated", "Another person delegated it meanwhile: look again.")
          .at("task");
    }
    return ApiAnswer.of(
        200,
        new Delegated(
            key.toString(),
            step,
            receiver.name(),
            delegation.by(),
            delegation.at(),
            access
                ? guests.grant(
                    onboarding,
                    receiver.name(),
                    receiver.email(),
                    Grant.About.step(key, step),
                    asked.party(),
                    target.titleWith(step))
                : null));
  }
}
