package dev.slipway.api;

import dev.slipway.checklist.Requirement;
import dev.slipway.ledger.AddedRow;
import dev.slipway.ledger.Decision;
import dev.slipway.ledger.Onboarding;
import dev.slipway.ledger.Outcome;
import dev.slipway.ledger.Requests;
import dev.slipway.ledger.TaskKey;
import dev.slipway.ledger.TaskRecord;
import java.util.List;
import java.util.Optional;

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
    Optional<Decision> made) {
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
    TaskTarget target = naming.of(call, onboarding, call.event().path("task"));
    return new DecisionRequest(
        call,
        onboarding,
        target,
        call.context().tasks().of(onboarding.id(), target.key()),
        call.context().decisions().find(onboarding.id(), target.key()));
  }

  /**
   * Requires that the task can still be done without, and is of this sort.
   *
   * @param otherwise says what to do with a task of the other sort
   */
  void require(Requirement requirement, String otherwise) {
    if (target.task().requirement() != requirement) {
      throw Refusal.of(422, "task.requirement", otherwise).at("task");
    }
    TaskTarget.requireOpen(seen);
  }

  /** Requires that nobody has decided yet to do without the task. */
  void requireUndecided() {
    made.filter(Decision::isToDoWithout)
        .ifPresent(
            decision -> {
              throw decided(decision);
            });
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
              target.key(),
              waitingGates(),
              decision.kind() == Decision.Kind.PERFORM,
              Requests.Check.unchanged(seen),
              Optional.empty(),
              Optional.of(decision),
              call.actor(),
              what,
              why);
    }
    Plans.keepChanged(call, onboarding);
  }

  /** They may wait for what only this task uses, and are looked at again. */
  private List<TaskKey> waitingGates() {
    return call.checklist(onboarding).sections().stream()
        .map(section -> call.context().tasks().of(onboarding.id(), new TaskKey(section.gate(), "")))
        .filter(gate -> gate.outcome() instanceof Outcome.Waiting)
        .map(TaskRecord::key)
        .toList();
  }

  /** Another person decided before. */
  static Refusal decided(Decision decision) {
    boolean open = decision.kind() == Decision.Kind.WAIVE && decision.secondBy() == null;
    String what =
        switch (decision.kind()) {
          case SKIP -> " skipped the task at ";
          case WAIVE -> open ? " asked for a waiver at " : " waived the task at ";
          case PUT_BACK -> " asked to put the old setting back at ";
          case PERFORM -> " asked to perform the task at ";
          case STOP -> " stopped the section at ";
        };
    return Refusal.of(
            409,
            "task.decided",
            decision.by()
                + what
                + decision.at()
                + (open ? ": a manager other than that person can approve it." : "."))
        .at("task")
        .with("by", decision.by())
        .with("at", decision.at());
  }
}
