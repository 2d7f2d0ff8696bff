package dev.slipway.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.slipway.checklist.Checklist;
import dev.slipway.checklist.InstanceLine;
import dev.slipway.checklist.Instances;
import dev.slipway.ledger.AddedRow;
import dev.slipway.ledger.Decision;
import dev.slipway.ledger.Onboarding;
import dev.slipway.ledger.Onboarding.State;
import dev.slipway.ledger.Outcome;
import dev.slipway.ledger.TaskKey;
import dev.slipway.ledger.TaskRecord;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Stops one section of a run and lets it go on. The decision is about the section's {@code resume},
 * where its branch of the run waits meanwhile.
 *
 * @param made what was decided of it before, as it was read: nothing newer is written over
 */
record SectionSwitch(
    ApiCall call, Onboarding onboarding, Checklist.Section section, Optional<Decision> made) {
  /**
   * The answer: written down, it takes effect in a moment.
   *
   * @param requested {@code stop} or {@code start}
   */
  record Requested(String section, String requested, String by) {}

  /**
   * The record of a stopped section.
   *
   * @param by who stopped it
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Stopped(String by, String reason, java.time.Instant at) {
    static Optional<Stopped> of(Optional<Decision> decision) {
      return decision
          .filter(made -> made.kind() == Decision.Kind.STOP)
          .map(made -> new Stopped(made.by(), made.reason(), made.at()));
    }
  }

  /**
   * The section that a name is of.
   *
   * @throws Refusal 404 if the checklist has none
   */
  static SectionSwitch of(ApiCall call, String name) {
    Onboarding onboarding = call.openOnboarding();
    return call.checklist(onboarding).sections().stream()
        .filter(section -> section.id().equals(name))
        .findFirst()
        .map(section -> of(call, onboarding, section))
        .orElseThrow(
            () ->
                Refusal.notFound(
                    "section.unknown", "section", "The checklist has no such section."));
  }

  /** The section as things stand. */
  static SectionSwitch of(ApiCall call, Onboarding onboarding, Checklist.Section section) {
    return new SectionSwitch(
        call, onboarding, section, call.context().decisions().find(onboarding.id(), key(section)));
  }

  boolean isStopped() {
    return Stopped.of(made).isPresent();
  }

  /** Stops the section, if a run is under way and a task of it is left to do. */
  ApiAnswer stop(String reason) {
    if (onboarding.state() != State.STARTING && onboarding.state() != State.RUNNING) {
      throw StateChange.refusal(onboarding, "Nothing runs that could be stopped.");
    }
    if (isStopped()) {
      throw already();
    }
    if (isOver()) {
      throw Refusal.of(
              409, "section.final", "Every task of the section is final: nothing of it runs.")
          .at("section");
    }
    return decide(Decision.Kind.STOP, reason, false);
  }

  /** Lets the section go on: what was stopped, or what ended early by itself. */
  ApiAnswer start(String reason) {
    TaskRecord resume = call.context().tasks().of(onboarding.id(), key());
    boolean hasFailed =
        resume.outcome() instanceof Outcome.Failed && resume.claim().run() == onboarding.run();
    if (!isStopped() && !hasFailed) {
      throw Refusal.of(409, "section.not-stopped", "Nobody stopped the section.").at("section");
    }
    return decide(Decision.Kind.PERFORM, reason, hasFailed);
  }

  private boolean isOver() {
    Instances instances =
        Instances.named(
            call.checklist(onboarding), () -> call.context().elements().values(onboarding.id()));
    Map<TaskKey, TaskRecord> records =
        call.context().tasks().of(onboarding.id()).stream()
            .collect(Collectors.toMap(TaskRecord::key, Function.identity()));
    return section.tasks().stream()
        // Rows that people only state are no part of a run.
        .filter(task -> !task.planned() && !AddedRow.is(new TaskKey(task.id(), "")))
        .flatMap(task -> InstanceLine.of(instances, task, records.keySet()).stream())
        .allMatch(
            line ->
                line.kind() == InstanceLine.Kind.NONE
                    || (records.containsKey(line.key())
                        && records.get(line.key()).isSettledFinally()));
  }

  private ApiAnswer decide(Decision.Kind kind, String reason, boolean again) {
    String what = kind == Decision.Kind.STOP ? "stop" : "start";
    Decision decision =
        new Decision(
            key(),
            made.map(Decision::version).orElse(0L),
            kind,
            call.actor().name(),
            reason,
            call.now(),
            null);
    call.context()
        .requests()
        .decideSection(
            onboarding.id(), decision, again, call.actor(), "section." + what + "-requested");
    return ApiAnswer.of(202, new Requested(section.id(), what, call.actor().name()));
  }

  private RuntimeException already() {
    Stopped stopped = Stopped.of(made).orElseThrow();
    return Refusal.of(
            409,
            "section.stopped",
            stopped.by() + " stopped the section at " + stopped.at() + " already.")
        .at("section")
        .with("by", stopped.by())
        .with("at", stopped.at());
  }

  private TaskKey key() {
    return key(section);
  }

  private static TaskKey key(Checklist.Section section) {
    return new TaskKey(section.resume(), "");
  }
}
