package dev.slipway.api;

import dev.slipway.context.FunctionContext;
import dev.slipway.ledger.Onboarding;
import dev.slipway.ledger.PersonNote;
import java.util.Optional;

/**
 * {@code POST /onboardings/{onboarding}/notes/{note}/settle}: says how what held somebody up was
 * settled. From then on they are reminded again.
 */
public final class SettleNote extends ApiFunction {
  /** For Lambda. */
  public SettleNote() {
    this(FunctionContext.lambda());
  }

  public SettleNote(FunctionContext context) {
    super(context, Role.MANAGER, Role.ENGINEER, Role.CUSTOMER);
  }

  @Override
  ApiAnswer answer(ApiCall call) {
    Onboarding onboarding = call.openOnboarding();
    Fields fields = call.fields();
    String text = fields.text("text", NoteView.LONGEST_TEXT);
    fields.complete();
    String id = call.event().path("note");
    PersonNote note =
        Optional.of(id)
            .filter(each -> ListNotes.ID.matcher(each).matches())
            .flatMap(each -> call.context().personNotes().find(onboarding.id(), each))
            .orElseThrow(
                () -> Refusal.notFound("note.unknown", "note", "There is no such note here."));
    if (note.blocking() == null) {
      throw Refusal.of(
              409, "note.not-blocked", "Nobody is blocked by this note: answer with another one.")
          .at("note");
    }
    if (!note.isOpen()) {
      throw Refusal.of(
              409,
              "note.settled",
              note.settled().by() + " settled it at " + note.settled().at() + ".")
          .at("note")
          .with("by", note.settled().by())
          .with("at", note.settled().at());
    }
    return ApiAnswer.of(
        200,
        NoteView.of(
            call.context().personNotes().settle(onboarding.id(), note, text, call.actor())));
  }
}
