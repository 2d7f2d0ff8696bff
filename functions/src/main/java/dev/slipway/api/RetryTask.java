package dev.slipway.api;

import dev.slipway.checklist.Checklist;
import dev.slipway.context.FunctionContext;
import dev.slipway.ledger.AddedRow;
import dev.slipway.ledger.Decision;
import dev.slipway.ledger.Onboarding;
import dev.slipway.ledger.Requests;
import dev.slipway.ledger.TaskKey;
import dev.slipway.ledger.TaskRecord;
import java.util.Optional;

/**
 * {@code POST /onboardings/{onboarding}/tasks/{task}/retry}: asks for a task to be performed again,
 * even if nothing changed, or although a person decided otherwise before; also for a section's
 * {@code gate}, and for its {@code resume} after the section was interrupted.
 */
public final class RetryTask extends ApiFunction {
  /** For Lambda. */
  public RetryTask() {
    this(FunctionContext.lambda());
  }

  public RetryTask(FunctionContext context) {
    super(context, TaskAction.RETRY.roles());
  }

  @Override
  ApiAnswer answer(ApiCall call) {
    Onboarding onboarding = call.openOnboarding();
    Checklist checklist = call.checklist(onboarding);
    String path = call.event().path("task");
    // An iteration's own resume is named by its key.
    boolean resume =
        checklist.sections().stream()
            .anyMatch(
                section ->
                    path.equals(section.resume()) || path.startsWith(section.resume() + "@"));
    boolean gate = checklist.sections().stream().anyMatch(section -> path.equals(section.gate()));
    TaskKey key =
        resume || gate ? TaskKey.parse(path) : TaskTarget.of(call, onboarding, path).key();
    String reason = call.reason();
    Optional<SectionSwitch> stopped =
        checklist.sections().stream()
            .filter(section -> path.equals(section.resume()))
            .map(section -> SectionSwitch.of(call, onboarding, section))
            .filter(SectionSwitch::isStopped)
            .findFirst();
    TaskRecord record = call.context().tasks().of(onboarding.id(), key);
    Optional<Decision> made = call.context().decisions().find(onboarding.id(), key);
    TaskRules rules = TaskRules.of(call.caller(), null, record, made);
    rules.permitRetry(resume);
    if (stopped.isPresent()) {
      stopped.get().start(reason);
      return AcceptedRequest.of(key.toString(), "retry", call.actor().name());
    }
    rules.requireReached();
    if (rules.revokes()) {
      DecisionRequest deciding =
          new DecisionRequest(
              call, onboarding, TaskTarget.named(checklist, path), record, made, Optional.empty());
      deciding.write(deciding.first(Decision.Kind.PERFORM, reason), "task.retry-requested", reason);
    } else if (AddedRow.is(key)) {
      new RowStatement(call, onboarding, TaskTarget.named(checklist, path), record).again(reason);
    } else {
      call.context()
          .requests()
          .request(
              onboarding.id(),
              key,
              true,
              Requests.Check.unchanged(record),
              Optional.empty(),
              Optional.empty(),
              call.actor(),
              "task.retry-requested",
              reason);
    }
    return AcceptedRequest.of(key.toString(), "retry", call.actor().name());
  }
}
