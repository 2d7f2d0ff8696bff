package dev.slipway.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.checklist.Checklist;
import dev.slipway.checklist.Instances;
import dev.slipway.checklist.Mode;
import dev.slipway.checklist.Step;
import dev.slipway.checklist.Task;
import dev.slipway.context.FunctionContext;
import dev.slipway.ledger.Decision;
import dev.slipway.ledger.Onboarding;
import dev.slipway.ledger.Party;
import dev.slipway.ledger.ProgressData;
import dev.slipway.ledger.TaskKey;
import dev.slipway.ledger.TaskRecord;
import dev.slipway.report.Report;
import dev.slipway.report.Reporter;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * {@code GET /onboardings/{onboarding}/tasks/{task}}: one task, or one instance of it, with its
 * steps, what is asked now, and what has come of it so far.
 */
public final class GetTask extends ApiFunction {
  /** For Lambda. */
  public GetTask() {
    this(FunctionContext.lambda());
  }

  public GetTask(FunctionContext context) {
    super(context, Role.MANAGER, Role.ENGINEER, Role.CUSTOMER);
  }

  /**
   * The task.
   *
   * @param guidance what it is for
   * @param documentation the vendor's page; null without one
   * @param steps as the checklist has them, in their order, but for those that its rules leave out
   * @param line as the report tells it: outcome, evidence, waits, answers, decision
   * @param openWork who is waited for now, and why
   * @param actions what the caller may ask for now, whatever the task waits for
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Answer(
      String guidance,
      String documentation,
      List<StepView> steps,
      Report.TaskLine line,
      List<OpenWorkView> openWork,
      List<TaskAction> actions,
      Instant now) {}

  /**
   * A step of the checklist.
   *
   * @param mode of one that a person takes here, never automatic
   * @param values JSON Schema of what is given beside the statement; null: nothing
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record StepView(
      String id,
      String title,
      Mode mode,
      String onlyIf,
      Party party,
      String instructions,
      JsonNode values) {
    static StepView of(Step step, boolean byPerson) {
      return new StepView(
          step.id(),
          step.title(),
          byPerson && step.mode() == Mode.AUTOMATIC ? Mode.VERIFIED : step.mode(),
          step.onlyIf(),
          step.party(),
          step.instructions(),
          step.values());
    }
  }

  @Override
  ApiAnswer answer(ApiCall call) {
    Onboarding onboarding = call.onboarding();
    ProgressData standing = call.context().onboardings().standing(onboarding.id());
    Checklist checklist = call.checklist(onboarding, standing.rows());
    String path = call.event().path("task");
    TaskKey key = path.isBlank() || path.startsWith("@") ? null : TaskKey.parse(path);
    Reporter reporter =
        Reporter.of(
            onboarding,
            checklist,
            call.now(),
            standing,
            key == null ? List.of() : call.context().tasks().attempts(onboarding.id(), key),
            key == null ? List.of() : call.context().answers().of(onboarding.id(), key));
    Report.TaskLine line =
        Optional.ofNullable(key).flatMap(reporter::line).orElseThrow(TaskTarget::unknown);
    Task task = checklist.task(key.task()).orElseThrow();
    Progress progress = Progress.of(call, onboarding, checklist, standing);
    Instances instances = new Instances(checklist, standing.intake().values());
    return ApiAnswer.of(
        200,
        new Answer(
            task.guidance(),
            task.documentation(),
            instances.steps(key).stream()
                .map(step -> StepView.of(step, instances.isByPerson(key, step)))
                .toList(),
            line,
            progress.openWork().stream().filter(work -> work.isOf(key)).toList(),
            Stream.concat(
                    progress.actions(key).stream(),
                    undone(call, onboarding, task, key, standing).stream())
                .toList(),
            call.now()));
  }

  /** What a task changed can be put back, also of an instance that is no longer part. */
  private static List<TaskAction> undone(
      ApiCall call, Onboarding onboarding, Task task, TaskKey key, ProgressData standing) {
    if (!TaskRules.isPermitted(() -> ApiCall.requireOpen(onboarding))) {
      return List.of();
    }
    TaskRecord seen =
        standing.tasks().stream()
            .filter(record -> record.key().equals(key))
            .findFirst()
            .orElse(TaskRecord.untouched(key));
    Optional<Decision> made =
        standing.intake().decisions().stream()
            .filter(decision -> decision.key().equals(key))
            .findFirst();
    return new TaskRules(
            call.caller(),
            task,
            seen,
            made,
            Optional.empty(),
            () -> call.context().notes().of(onboarding.id(), key),
            () -> null)
        .permitted(TaskAction.PUT_BACK);
  }
}
