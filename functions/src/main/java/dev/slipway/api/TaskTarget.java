package dev.slipway.api;

import dev.slipway.checklist.Checklist;
import dev.slipway.checklist.InstanceLine;
import dev.slipway.checklist.Instances;
import dev.slipway.checklist.Requirement;
import dev.slipway.checklist.Step;
import dev.slipway.checklist.Task;
import dev.slipway.element.ElementRow;
import dev.slipway.element.ElementRows;
import dev.slipway.ledger.Onboarding;
import dev.slipway.ledger.TaskKey;
import dev.slipway.ledger.TaskRecord;
import dev.slipway.ledger.Verification;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The checklist task that a path names, with its instance where it has several. */
record TaskTarget(Task task, TaskKey key) {
  /** No name of an instance is other or longer: the ledger is not asked for it. */
  private static final Pattern INSTANCE = Pattern.compile("[a-z0-9.-]{1,200}");

  /**
   * The task, which must be built, and have this instance. One that is no longer part of the
   * onboarding is a target as long as its outcome is open.
   *
   * @throws Refusal 404 if the checklist has no such task, or the task no such instance; 409 if it
   *     is only declared yet, or if the instance is no longer part of the onboarding
   */
  static TaskTarget of(ApiCall call, Onboarding onboarding, String path) {
    return of(call, onboarding, path, TaskRecord::isOpen);
  }

  /** The same, also of an instance that is no longer part: what it did can be undone. */
  static TaskTarget evenIfNoLongerPart(ApiCall call, Onboarding onboarding, String path) {
    return of(call, onboarding, path, record -> record.outcome() != null);
  }

  private static TaskTarget of(
      ApiCall call, Onboarding onboarding, String path, Predicate<TaskRecord> stillOf) {
    Checklist checklist = call.checklist(onboarding);
    TaskTarget target = named(checklist, path);
    if (target.task().per() != null) {
      target.requireInstance(call, onboarding, instances(call, onboarding, checklist), stillOf);
    }
    return target;
  }

  /**
   * Several instances of a task, which the path names without one.
   *
   * @throws Refusal as above, of the first that is none; 422 if the task has no instances
   */
  static List<TaskTarget> several(ApiCall call, Onboarding onboarding, List<String> instances) {
    Checklist checklist = call.checklist(onboarding);
    TaskTarget target = named(checklist, call.event().path("task"));
    if (target.task().per() == null || !target.key().instance().isEmpty()) {
      throw Refusal.of(
              422,
              "task.instances",
              "`instances` are named of a task that has several, and the path names it without"
                  + " one.")
          .at("instances");
    }
    Instances all = instances(call, onboarding, checklist);
    List<TaskTarget> several =
        instances.stream()
            .map(each -> new TaskTarget(target.task(), new TaskKey(target.task().id(), each)))
            .toList();
    several.forEach(each -> each.requireInstance(call, onboarding, all, TaskRecord::isOpen));
    return several;
  }

  private static Instances instances(ApiCall call, Onboarding onboarding, Checklist checklist) {
    return new Instances(checklist, call.context().elements().values(onboarding.id()));
  }

  /** The task alone, whatever instances it has; it must be built. */
  static TaskTarget named(Checklist checklist, String path) {
    boolean named = !path.isBlank() && !path.startsWith("@");
    TaskKey key = named ? TaskKey.parse(path) : null;
    Task task =
        checklist
            .task(named ? key.task() : "")
            // A task without instances does not have this one.
            .filter(found -> found.per() != null || key.instance().isEmpty())
            .orElseThrow(TaskTarget::unknown);
    if (task.planned()) {
      throw Refusal.of(
              409, "task.planned", "The checklist declares this task; it is not built yet.")
          .at("task");
    }
    return new TaskTarget(task, key);
  }

  /**
   * A section's gate, with a step for each look at an element row that waits for what a person
   * says; empty if the path names none.
   */
  static Optional<TaskTarget> gate(ApiCall call, Onboarding onboarding, String path) {
    Checklist checklist = call.checklist(onboarding);
    return checklist.sections().stream()
        .filter(section -> section.gate().equals(path))
        .filter(section -> section.elements().stream().anyMatch(each -> !each.looks().isEmpty()))
        .findFirst()
        .map(
            section ->
                new TaskTarget(
                    gate(
                        section,
                        ElementRows.of(
                            checklist, () -> call.context().elements().intake(onboarding.id()))),
                    new TaskKey(section.gate(), "")));
  }

  /** A section's gate as a task, with a step for each look that waits for what a person says. */
  static Task gate(Checklist.Section section, ElementRows rows) {
    return Task.ofPeople(
        section.gate(),
        null,
        section.title(),
        Requirement.MANDATORY,
        rows.of(section)
            .filter(row -> row.asked() != null)
            .map(ElementRow::asked)
            .map(TaskTarget::step)
            .toList());
  }

  private static Step step(Verification.Asked asked) {
    return Step.attested(
        asked.step(), asked.step(), asked.party(), null, asked.instructions(), asked.check(), null);
  }

  /** The rules of an answer, of which nobody has decided otherwise. */
  TaskRules rules(ApiCall call, TaskRecord seen) {
    return TaskRules.of(call.caller(), task, seen, Optional.empty());
  }

  /** The title of the task and of one of its steps, for people. */
  String titleWith(String step) {
    return task.title()
        + task.steps().stream()
            .filter(each -> each.id().equals(step))
            .findFirst()
            .map(each -> ": " + each.title())
            .orElse("");
  }

  static Refusal unknown() {
    return Refusal.notFound("task.unknown", "task", "The checklist has no such task.");
  }

  private void requireInstance(
      ApiCall call, Onboarding onboarding, Instances instances, Predicate<TaskRecord> stillOf) {
    if (instances.has(key)) {
      return;
    }
    TaskRecord before =
        INSTANCE.matcher(key.instance()).matches()
            ? call.context().tasks().of(onboarding.id(), key)
            : TaskRecord.untouched(key);
    if (before.version() == 0) {
      throw Refusal.notFound("task.instance-unknown", "task", whichThereAre(instances));
    }
    if (instances.awaited(task).isEmpty() && !stillOf.test(before)) {
      throw Refusal.of(
              409,
              "task.no-longer-part",
              key.instance() + " " + InstanceLine.GONE + ": nothing of this task is left to do.")
          .at("task")
          .with("outcome", before.state());
    }
  }

  private String whichThereAre(Instances instances) {
    List<String> awaited = instances.awaited(task);
    if (!awaited.isEmpty()) {
      return "The task has one instance for each %s, which nobody knows before `%s` is given."
          .formatted(task.per(), String.join("`, `", awaited));
    }
    List<String> keys = instances.of(task).stream().map(TaskKey::instance).toList();
    return keys.isEmpty()
        ? "The task has no instance here: " + instances.none(task) + "."
        : "The task has one instance for each %s: name it as `%s@` and one of %s."
            .formatted(task.per(), task.id(), String.join(", ", keys));
  }

  /** Refuses if nothing is left to be done or to be decided. */
  static void requireOpen(TaskRecord record) {
    if (record.isSettledFinally()) {
      throw Refusal.of(409, "task.final", "The task is " + record.state() + " already.")
          .at("task")
          .with("outcome", record.state());
    }
  }
}
