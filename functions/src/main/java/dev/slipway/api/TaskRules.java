package dev.slipway.api;

import dev.slipway.checklist.Instances;
import dev.slipway.checklist.Requirement;
import dev.slipway.checklist.Step;
import dev.slipway.checklist.Task;
import dev.slipway.element.ElementRow;
import dev.slipway.ledger.Decision;
import dev.slipway.ledger.Identity;
import dev.slipway.ledger.Note;
import dev.slipway.ledger.Outcome;
import dev.slipway.ledger.Party;
import dev.slipway.ledger.TaskRecord;
import dev.slipway.report.OpenWaiver;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The rules of what a caller may do with a task as it stands. The routes hold each request to them,
 * and the answers that show a task name the actions that they permit, so that a page has no button
 * that would be refused.
 *
 * <pre>{@code
 * rules.requireSkip();                        // a Refusal says why not
 * rules.permitted(TaskAction.SKIP, TaskAction.WAIVE);   // [SKIP]
 * }</pre>
 *
 * @param seen the task as it was read; of an element's row, its section's gate
 * @param made what was decided of it before
 * @param row the element's row; empty of a task
 * @param notes the settings that it noted before it changed them
 * @param instances asked for only if the checklist names one of the two of a waiver
 */
record TaskRules(
    Caller caller,
    Task task,
    TaskRecord seen,
    Optional<Decision> made,
    Optional<ElementRow> row,
    Supplier<List<Note>> notes,
    Supplier<Instances> instances) {

  /** The rules for which neither notes nor instances are read. */
  static TaskRules of(Caller caller, Task task, TaskRecord seen, Optional<Decision> made) {
    return new TaskRules(caller, task, seen, made, Optional.empty(), List::of, () -> null);
  }

  /** The actions among these that the caller may take now. */
  List<TaskAction> permitted(TaskAction... among) {
    return Stream.of(among)
        .filter(action -> action.isFor(caller))
        .filter(action -> isPermitted(() -> require(action)))
        .toList();
  }

  static boolean isPermitted(Runnable rule) {
    try {
      rule.run();
      return true;
    } catch (Refusal refused) {
      return false;
    }
  }

  private void require(TaskAction action) {
    switch (action) {
      case COMPLETE -> requireAwaited();
      case RETRY -> requireRetry();
      case DELEGATE -> AskedNow.of(caller, seen, null);
      case SKIP -> requireSkip();
      case WAIVE -> requireWaive();
      case APPROVE -> requireApprove();
      case REFUSE -> requireAsked();
      case PUT_BACK -> requirePutBack();
    }
  }

  // --- answers

  /**
   * A step that a person may answer.
   *
   * @throws Refusal 422 if there is none of this name, or if it is a machine's
   */
  Step step(String id) {
    Step step =
        task.steps().stream()
            .filter(candidate -> candidate.id().equals(id))
            .findFirst()
            .orElseThrow(
                () ->
                    Refusal.of(
                            422,
                            "step.unknown",
                            "The task has no such step; it has "
                                + task.steps().stream()
                                    .map(Step::id)
                                    .collect(Collectors.joining(", "))
                                + ".")
                        .at("step"));
    if (!step.mayBeAsked() && !isAwaited(step)) {
      throw Refusal.of(422, "step.automatic", "This step is a machine's: nobody needs to answer.")
          .at("step");
    }
    return step;
  }

  /** Whether the caller may answer this step. */
  boolean takes(String step) {
    return isPermitted(() -> requireParty(step(step)));
  }

  /** Requires that the caller speaks for the party that the step is asked of. */
  void requireParty(Step step) {
    Party party = isGate() ? step.party() : asked(step);
    if (!caller.speaksFor(party)) {
      throw Refusal.of(
              403,
              "caller.party",
              switch (party) {
                case CUSTOMER -> "This step is the customer's: only the customer can answer it.";
                case VENDOR -> "This step is the vendor's: a manager or an engineer answers it.";
                case THIRD_PARTY, MACHINE -> "This step is not asked of anybody in your role.";
              })
          .at("step")
          .with("party", party);
    }
  }

  /** The looks at element rows are steps of the gate, of which each is answered by itself. */
  boolean isGate() {
    return task.row() == null;
  }

  /** The party that the task asks; before it does, the one that the checklist names. */
  private Party asked(Step step) {
    return seen.outcome() instanceof Outcome.Waiting waiting
            && isAwaited(step)
            && waiting.party() != Party.MACHINE
        ? waiting.party()
        : step.party();
  }

  private boolean isAwaited(Step step) {
    return seen.outcome() instanceof Outcome.Waiting waiting && step.id().equals(waiting.step());
  }

  /** Requires a step that waits for the caller, of which no answer is being looked at. */
  private void requireAwaited() {
    AskedNow asked = AskedNow.of(caller, seen, null);
    if (asked.step().isEmpty() || seen.requestedGeneration() > seen.handledGeneration()) {
      throw Refusal.of(409, "step.not-asked", "The task asks for no step now.").at("step");
    }
    requireParty(step(asked.step()));
  }

  // --- another try

  /** Requires that the task may be tried again. */
  void requireRetry() {
    permitRetry(false);
    requireReached();
  }

  /** Customers may not repeat a task that is done or that a machine broke off. */
  void permitRetry(boolean isResume) {
    boolean isStaff = caller.is(Role.MANAGER) || caller.is(Role.ENGINEER);
    if (!isStaff && isResume) {
      throw Refusal.of(
          403, "caller.role", "Resuming a section needs the role engineer or manager.");
    }
    if (!isStaff && (revokes() || seen.isSettledFinally())) {
      throw Refusal.of(
              403, "caller.role", "Performing a finished task again needs the role manager.")
          .at("task");
    }
  }

  void requireReached() {
    if (seen.outcome() == null) {
      throw Refusal.of(
              409, "task.not-reached", "The task was not reached yet: there is nothing to retry.")
          .at("task");
    }
  }

  /** Whether another try revokes a decision to do without the task, or to have undone it. */
  boolean revokes() {
    return made.filter(decision -> decision.counts() && decision.kind() != Decision.Kind.PERFORM)
        .isPresent();
  }

  // --- decisions

  void requireSkip() {
    require(
        Requirement.OPTIONAL,
        "The task is mandatory: it can be waived by two people, not skipped.");
    requireUndecided();
  }

  void requireWaive() {
    require(Requirement.MANDATORY, "The task is optional: skip it instead.");
    requireUndecided();
  }

  /**
   * Requires that there is a setting to put back.
   *
   * @return the settings as they were noted
   */
  List<Note> requirePutBack() {
    List<Note> previous =
        notes.get().stream().filter(note -> note.kind() == Note.Kind.PREVIOUS).toList();
    if (previous.isEmpty()) {
      throw Refusal.of(
              409,
              "task.nothing-noted",
              "The task has changed no setting whose old value it noted: nothing to put back.")
          .at("task");
    }
    requireUndecided();
    return previous;
  }

  /**
   * Requires a waiver that waits for its second person.
   *
   * @return the waiver as it was asked for
   */
  Decision requireAsked() {
    require(Requirement.MANDATORY, "The task is optional: it is skipped, and needs no approval.");
    Decision asked =
        made.orElseThrow(
            () ->
                Refusal.of(409, "waiver.none", "Nobody has asked to do without this task.")
                    .at("task"));
    if (!asked.isOpen()) {
      throw decided(asked);
    }
    return asked;
  }

  /** The same, which the caller may agree to as the second person. */
  Decision requireApprove() {
    Decision asked = requireAsked();
    Identity second = caller.identity();
    if (caller.isPerson(asked.by()) || second.isSameAs(asked.identity())) {
      throw Refusal.of(
              403, "waiver.same-person", "A waiver needs two people: you asked for it yourself.")
          .at("task");
    }
    if (!OpenWaiver.of(instances, task, asked).mayBeAgreedBy(second)) {
      throw Refusal.of(
              403,
              "waiver.named-person",
              "One of the two must be the person whom the element `"
                  + task.waivedWith()
                  + "` names. Its `channel` must be a mail address that your token says is"
                  + " verified (`email`, `email_verified`), or your token's `sub`; names do not"
                  + " count.")
          .at("task");
    }
    return asked;
  }

  /**
   * Requires that the task can still be done without, and is of this sort.
   *
   * @param otherwise says what to do with a task of the other sort
   */
  private void require(Requirement requirement, String otherwise) {
    if (task.requirement() != requirement) {
      throw Refusal.of(422, "task.requirement", otherwise).at("task");
    }
    if (row.isEmpty()) {
      TaskTarget.requireOpen(seen);
    } else if (row.get().state().isFinal()) {
      throw Refusal.of(409, "task.final", "The row is " + row.get().state() + " already.")
          .at("task")
          .with("outcome", row.get().state());
    }
  }

  /** Requires that nobody has decided yet to do without the task. */
  private void requireUndecided() {
    made.filter(Decision::isToDoWithout)
        .ifPresent(
            decision -> {
              throw decided(decision);
            });
  }

  /** Another person decided before. */
  private static Refusal decided(Decision decision) {
    boolean open = decision.isOpen();
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
