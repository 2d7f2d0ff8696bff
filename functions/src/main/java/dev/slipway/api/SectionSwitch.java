package dev.slipway.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.slipway.checklist.Checklist;
import dev.slipway.checklist.InstanceLine;
import dev.slipway.checklist.Instances;
import dev.slipway.ledger.Decision;
import dev.slipway.ledger.Onboarding;
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
        call,
        onboarding,
        section,
        call.context().decisions().find(onboarding.id(), SectionRules.resume(section)));
  }

  boolean isStopped() {
    return Stopped.of(made).isPresent();
  }

  /** Stops the section, if a run is under way and a task of it is left to do. */
  ApiAnswer stop(String reason) {
    rules().require(SectionAction.STOP);
    return decide(Decision.Kind.STOP, reason, false);
  }

  /** Lets the section go on: what was stopped, or what ended early by itself. */
  ApiAnswer start(String reason) {
    SectionRules rules = rules();
    rules.require(SectionAction.START);
    return decide(Decision.Kind.PERFORM, reason, rules.hasFailed());
  }

  private SectionRules rules() {
    Map<TaskKey, TaskRecord> records =
        call.context().tasks().of(onboarding.id()).stream()
            .collect(Collectors.toMap(TaskRecord::key, Function.identity()));
    Instances instances =
        Instances.named(
            call.checklist(onboarding), () -> call.context().elements().values(onboarding.id()));
    return new SectionRules(
        onboarding,
        section,
        made,
        records,
        task -> InstanceLine.of(instances, task, records.keySet()));
  }

  private ApiAnswer decide(Decision.Kind kind, String reason, boolean again) {
    String what = kind == Decision.Kind.STOP ? "stop" : "start";
    Decision decision =
        new Decision(
            SectionRules.resume(section),
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
}
