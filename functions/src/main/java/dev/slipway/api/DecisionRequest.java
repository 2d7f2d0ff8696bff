package dev.slipway.api;

import dev.slipway.checklist.Checklist;
import dev.slipway.checklist.Instances;
import dev.slipway.checklist.Task;
import dev.slipway.element.ElementRow;
import dev.slipway.element.ElementRows;
import dev.slipway.ledger.AddedRow;
import dev.slipway.ledger.Decision;
import dev.slipway.ledger.Onboarding;
import dev.slipway.ledger.Outcome;
import dev.slipway.ledger.Requests;
import dev.slipway.ledger.TaskKey;
import dev.slipway.ledger.TaskRecord;
import dev.slipway.plan.AffectedTasks;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A person's decision to do without a task: what skipping, waiving and agreeing to a waiver share.
 * It is written over nothing but what was read here, which is what it is checked against.
 *
 * @param seen the task as it was read
 * @param made what was decided of it before, as it was read
 */
record DecisionRequest(
    ApiCall call,
    Onboarding onboarding,
    TaskTarget target,
    TaskRecord seen,
    Optional<Decision> made,
    Optional<ElementRow> row) {
  static DecisionRequest of(ApiCall call) {
    return of(call, TaskTarget::of);
  }

  /** About what a task did: also of an instance that is no longer part of the onboarding. */
  static DecisionRequest toUndo(ApiCall call) {
    return of(call, TaskTarget::evenIfNoLongerPart);
  }

  private interface Naming {
    TaskTarget of(ApiCall call, Onboarding onboarding, String path);
  }

  private static DecisionRequest of(ApiCall call, Naming naming) {
    Onboarding onboarding = call.openOnboarding();
    String path = call.event().path("task");
    Optional<ElementRow> row = row(call, onboarding, path);
    TaskTarget target =
        row.isPresent()
            ? new TaskTarget(rowAsTask(call, onboarding, row.get()), row.get().key())
            : naming.of(call, onboarding, path);
    TaskKey looks =
        row.isPresent() ? new TaskKey(target.task().section() + ".gate", "") : target.key();
    return new DecisionRequest(
        call,
        onboarding,
        target,
        call.context().tasks().of(onboarding.id(), looks),
        call.context().decisions().find(onboarding.id(), target.key()),
        row);
  }

  /** An element that is a row is decided about as a task; its section's gate looks again. */
  private static Optional<ElementRow> row(ApiCall call, Onboarding onboarding, String path) {
    if (path.isBlank() || path.startsWith("@")) {
      return Optional.empty();
    }
    TaskKey key = TaskKey.parse(path);
    Checklist checklist = call.checklist(onboarding);
    if (checklist.task(key.task()).isPresent() || checklist.row(key.task()).isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        ElementRows.of(checklist, () -> call.context().elements().intake(onboarding.id()))
            .of(key)
            .orElseThrow(TaskTarget::unknown));
  }

  private static Task rowAsTask(ApiCall call, Onboarding onboarding, ElementRow row) {
    return call.checklist(onboarding).row(row.key().task()).orElseThrow();
  }

  /** The rules that the decision is held to. */
  TaskRules rules() {
    return new TaskRules(
        call.caller(),
        target.task(),
        seen,
        made,
        row,
        () -> call.context().notes().of(onboarding.id(), target.key()),
        () ->
            new Instances(
                call.checklist(onboarding), call.context().elements().values(onboarding.id())));
  }

  /** A decision of the caller's, over an earlier one that counts no more. */
  Decision first(Decision.Kind kind, String reason) {
    return new Decision(
        target.key(),
        made.map(Decision::version).orElse(0L),
        kind,
        call.actor().name(),
        reason,
        call.now(),
        null,
        call.caller().identity());
  }

  /**
   * Writes a decision.
   *
   * @throws dev.slipway.ledger.LostRaceException if the task, or what was decided of it, changed
   */
  void write(Decision decision, String what, String why) {
    if (AddedRow.is(target.key())) {
      new RowStatement(call, onboarding, target, seen).decide(decision, what, why);
    } else {
      call.context()
          .requests()
          .request(
              onboarding.id(),
              seen.key(),
              others(),
              row.isEmpty() && decision.kind() == Decision.Kind.PERFORM,
              Requests.Check.unchanged(seen),
              Optional.empty(),
              Optional.of(decision),
              call.actor(),
              what,
              why);
    }
    Plans.keepChanged(call, onboarding);
  }

  /** Of an element's row also the tasks that wait for it. */
  private List<TaskKey> others() {
    Stream<TaskKey> readers =
        row.stream()
            .flatMap(
                each ->
                    new AffectedTasks(
                            call.checklist(onboarding),
                            call.context().elements().values(onboarding.id()))
                        .ofRow(each.element(), each.key().instance()).gates().stream());
    return Stream.concat(waitingGates().stream(), readers)
        .filter(key -> !key.equals(seen.key()))
        .distinct()
        .toList();
  }

  /** They may wait for what only this task uses, and are looked at again. */
  private List<TaskKey> waitingGates() {
    return call.checklist(onboarding).sections().stream()
        .map(section -> call.context().tasks().of(onboarding.id(), new TaskKey(section.gate(), "")))
        .filter(gate -> gate.outcome() instanceof Outcome.Waiting)
        .map(TaskRecord::key)
        .toList();
  }
}
