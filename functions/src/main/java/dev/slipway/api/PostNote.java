package dev.slipway.api;

import dev.slipway.checklist.Step;
import dev.slipway.context.FunctionContext;
import dev.slipway.ledger.Blocked;
import dev.slipway.ledger.LostRaceException;
import dev.slipway.ledger.Onboarding;
import dev.slipway.ledger.PersonNote;
import dev.slipway.ledger.PersonNotes;
import dev.slipway.ledger.TaskRecord;
import dev.slipway.notice.BlockedNotices;
import dev.slipway.notice.Person;
import dev.slipway.notice.PromptMails;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * {@code POST /onboardings/{onboarding}/tasks/{task}/notes}: asks or tells about a task. With
 * {@code "blocked": true} the writer cannot go on with what the task asks: those who lead are told
 * at once, and the writer is not reminded until that is settled. The due date stays.
 */
public final class PostNote extends ApiFunction {
  /** For Lambda. */
  public PostNote() {
    this(FunctionContext.lambda());
  }

  public PostNote(FunctionContext context) {
    super(context, Role.MANAGER, Role.ENGINEER, Role.CUSTOMER);
  }

  @Override
  ApiAnswer answer(ApiCall call) {
    Onboarding onboarding = call.openOnboarding();
    TaskTarget target = TaskTarget.of(call, onboarding, call.event().path("task"));
    Fields fields = call.fields();
    String text = fields.text("text", NoteView.LONGEST_TEXT);
    boolean blocked = fields.flag("blocked");
    String step = fields.optionalText("step", 100).orElse(null);
    fields.complete();
    PersonNote posted =
        blocked
            ? block(call, onboarding, target, step, text)
            : call.context()
                .personNotes()
                .post(onboarding, target.key(), known(target, step), text, call.actor());
    return ApiAnswer.of(201, NoteView.of(posted));
  }

  private static String known(TaskTarget target, String step) {
    if (step != null && step(target, step).isEmpty()) {
      throw Refusal.of(
              422,
              "step.unknown",
              "The task has no such step; it has "
                  + String.join(", ", target.task().steps().stream().map(Step::id).toList())
                  + ".")
          .at("step");
    }
    return step;
  }

  private static Optional<Step> step(TaskTarget target, String id) {
    return target.task().steps().stream().filter(each -> each.id().equals(id)).findFirst();
  }

  private static PersonNote block(
      ApiCall call, Onboarding onboarding, TaskTarget target, String wanted, String text) {
    TaskRecord asking = call.context().tasks().of(onboarding.id(), target.key());
    String step = AskedNow.of(call.caller(), asking, wanted).step();
    PersonNotes notes = call.context().personNotes();
    Blocked blocked;
    try {
      blocked = notes.block(onboarding, asking, step, text, call.actor(), call.caller().identity());
    } catch (LostRaceException e) {
      if (!PersonNotes.isAboutBlocked(e)) {
        throw e;
      }
      throw Refusal.of(
              409,
              "note.blocked-already",
              "You said before that you are blocked here: write a note, or settle that one.")
          .at("blocked");
    }
    tell(call, onboarding, target, blocked);
    return notes.find(onboarding.id(), blocked.note()).orElseThrow();
  }

  /** The note is kept: who is not told now is told by the next reminders. */
  private static void tell(
      ApiCall call, Onboarding onboarding, TaskTarget target, Blocked blocked) {
    List<Person> leads = Person.whoLead(call.context().elements(), onboarding.id());
    try {
      new BlockedNotices(PromptMails.of(call.context()), call.event().origin())
          .tell(onboarding, target.titleWith(blocked.step()), blocked, leads);
    } catch (SdkException e) {
      call.log().accept("those who lead are not told yet: " + e.getClass().getSimpleName());
    }
  }
}
