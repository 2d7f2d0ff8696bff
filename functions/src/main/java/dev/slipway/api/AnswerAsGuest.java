package dev.slipway.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.context.FunctionContext;
import dev.slipway.json.Json;
import dev.slipway.ledger.Grant;
import dev.slipway.ledger.Outcome;
import dev.slipway.ledger.TaskKey;
import java.util.Map;

/** {@code POST /guests/{onboarding}/{grant}/answer}: a guest says that the step is done. */
public final class AnswerAsGuest extends ApiFunction {
  private final CompleteTask route;

  /** For Lambda. */
  public AnswerAsGuest() {
    this(FunctionContext.lambda());
  }

  public AnswerAsGuest(FunctionContext context) {
    super(context, Admission.ofGuests());
    this.route = new CompleteTask(context);
  }

  @Override
  ApiAnswer answer(ApiCall call) {
    GuestGate.Guest guest = new GuestGate(call).admit();
    Grant.About about = guest.grant().about();
    String task = GuestGate.Guest.only(about.task());
    Fields fields = call.fields();
    ObjectNode said =
        Json.MAPPER
            .createObjectNode()
            .put("step", about.step())
            .put("statement", fields.text("statement", 2000));
    fields.object("values").ifPresent(values -> said.set("values", values));
    fields.complete();
    if (!isAsked(call, guest)) {
      throw Refusal.of(409, "guest.done", "Nobody asks you for it any more: thank you.");
    }
    try {
      route.answer(guest.as(Map.of("task", task), said.toString()));
    } catch (Refusal refusal) {
      // By whom is not for a guest to know.
      throw refusal.code().equals("step.answered")
          ? Refusal.of(409, "guest.answered", "It was answered already, and is being looked at.")
          : refusal;
    }
    return ApiAnswer.of(200, new GuestThanks(call.now()));
  }

  /** The same step, and of the side that let the guest in. */
  static boolean isAsked(ApiCall call, GuestGate.Guest guest) {
    Grant.About about = guest.grant().about();
    return call.context().tasks().of(guest.onboarding().id(), TaskKey.parse(about.task())).outcome()
            instanceof Outcome.Waiting waiting
        && about.step().equals(waiting.step())
        && waiting.party() == guest.grant().party();
  }
}
