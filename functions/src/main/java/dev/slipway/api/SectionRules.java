package dev.slipway.api;

import dev.slipway.checklist.Checklist;
import dev.slipway.checklist.InstanceLine;
import dev.slipway.checklist.Task;
import dev.slipway.ledger.AddedRow;
import dev.slipway.ledger.Decision;
import dev.slipway.ledger.Onboarding;
import dev.slipway.ledger.Onboarding.State;
import dev.slipway.ledger.Outcome;
import dev.slipway.ledger.TaskKey;
import dev.slipway.ledger.TaskRecord;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The rules of what may be done with a section as it stands. The routes hold each request to them,
 * and the answers that show a section name the actions that they permit.
 *
 * @param made what was decided of it before
 * @param records of the onboarding's tasks; of those that were not touched, none
 * @param lines the lines of a task
 */
record SectionRules(
    Onboarding onboarding,
    Checklist.Section section,
    Optional<Decision> made,
    Map<TaskKey, TaskRecord> records,
    Function<Task, List<InstanceLine>> lines) {
  /** Where its branch of the run waits, and what a decision about it is of. */
  static TaskKey resume(Checklist.Section section) {
    return new TaskKey(section.resume(), "");
  }

  /** The routes' roles. */
  static Role[] roles() {
    return new Role[] {Role.MANAGER, Role.ENGINEER};
  }

  /** The actions that the caller may take now. */
  Stream<SectionAction> permitted(Caller caller) {
    return Stream.of(roles()).anyMatch(caller::is)
        ? Stream.of(SectionAction.values())
            .filter(
                action ->
                    TaskRules.isPermitted(
                        () -> {
                          ApiCall.requireOpen(onboarding);
                          require(action);
                        }))
        : Stream.empty();
  }

  /**
   * Requires that it may be done.
   *
   * @throws Refusal 409 otherwise
   */
  void require(SectionAction action) {
    switch (action) {
      case START -> requireStart();
      case STOP -> requireStop();
    }
  }

  /** A run has to be under way, and a task of the section left to do. */
  private void requireStop() {
    if (onboarding.state() != State.STARTING && onboarding.state() != State.RUNNING) {
      throw StateChange.refusal(onboarding, "Nothing runs that could be stopped.");
    }
    if (stopped().isPresent()) {
      throw already(stopped().get());
    }
    if (isOver()) {
      throw Refusal.of(
              409, "section.final", "Every task of the section is final: nothing of it runs.")
          .at("section");
    }
  }

  /** It was stopped, or ended early by itself. */
  private void requireStart() {
    if (stopped().isEmpty() && !hasFailed()) {
      throw Refusal.of(409, "section.not-stopped", "Nobody stopped the section.").at("section");
    }
  }

  private Optional<SectionSwitch.Stopped> stopped() {
    return SectionSwitch.Stopped.of(made);
  }

  /** Whether its branch of the current run ended early by itself. */
  boolean hasFailed() {
    TaskRecord resume = records.get(resume(section));
    return resume != null
        && resume.outcome() instanceof Outcome.Failed
        && resume.claim().run() == onboarding.run();
  }

  private boolean isOver() {
    return section.tasks().stream()
        // Rows that people only state are no part of a run.
        .filter(task -> !task.planned() && !AddedRow.is(new TaskKey(task.id(), "")))
        .flatMap(task -> lines.apply(task).stream())
        .allMatch(
            line ->
                line.kind() == InstanceLine.Kind.NONE
                    || (records.containsKey(line.key())
                        && records.get(line.key()).isSettledFinally()));
  }

  private static Refusal already(SectionSwitch.Stopped stopped) {
    return Refusal.of(
            409,
            "section.stopped",
            stopped.by() + " stopped the section at " + stopped.at() + " already.")
        .at("section")
        .with("by", stopped.by())
        .with("at", stopped.at());
  }
}
