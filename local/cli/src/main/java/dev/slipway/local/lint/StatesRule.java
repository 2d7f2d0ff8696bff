package dev.slipway.local.lint;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Each built task has its state, each built section its gate and its branch; none has more. */
final class StatesRule implements Rule {
  @Override
  public void check(Project project, Consumer<LintFinding> findings) {
    for (ChecklistFile checklist : project.checklists()) {
      for (ChecklistFile.Section section : checklist.builtSections()) {
        section(project, checklist, section, findings);
      }
      for (ChecklistFile.Task task : checklist.tasks()) {
        task(project, task, findings);
      }
    }
    for (Machine machine : project.machines()) {
      orphans(project, machine, findings);
    }
  }

  private static void section(
      Project project,
      ChecklistFile checklist,
      ChecklistFile.Section section,
      Consumer<LintFinding> findings) {
    String file = TaskNames.machineFile(checklist.name(), section.id());
    Optional<Machine> machine = project.machine(file);
    if (machine.isEmpty()) {
      findings.accept(
          section
              .at()
              .finding(
                  "missing-state",
                  "section `%s` has no %s%s"
                      .formatted(
                          section.id(), file, TaskNames.hint(checklist.name(), section.id()))));
      return;
    }
    if (state(machine.get(), section.id() + "." + TaskNames.GATE).isEmpty()) {
      findings.accept(machine.get().tree().finding("missing-state", "the section has no gate"));
    }
    Optional<Machine> onboarding = project.onboarding(checklist.name());
    if (onboarding.isEmpty() || onboarding.get().states().stream().noneMatch(starts(section))) {
      findings.accept(
          section
              .at()
              .finding(
                  "missing-state",
                  "%s does not start section `%s`%s"
                      .formatted(
                          TaskNames.machineFile(checklist.name(), Machine.ONBOARDING),
                          section.id(),
                          TaskNames.hint(checklist.name(), section.id()))));
    }
    if (onboarding.isEmpty()
        || state(onboarding.get(), section.id() + "." + TaskNames.RESUME).isEmpty()) {
      findings.accept(
          section
              .at()
              .finding(
                  "missing-state",
                  "%s has no state that waits to resume section `%s`"
                      .formatted(
                          TaskNames.machineFile(checklist.name(), Machine.ONBOARDING),
                          section.id())));
    }
  }

  private static Predicate<Machine.State> starts(ChecklistFile.Section section) {
    String arn = "${" + TaskNames.pascal(section.id()) + "StateMachineArn}";
    return state -> state.at().at("Arguments").text("StateMachineArn").equals(arn);
  }

  private static void task(
      Project project, ChecklistFile.Task task, Consumer<LintFinding> findings) {
    TaskNames names = task.names();
    Optional<Machine.State> state = project.state(names);
    if (task.isPlanned()) {
      state.ifPresent(
          found ->
              findings.accept(
                  task.at()
                      .at("planned")
                      .finding(
                          "built-but-planned",
                          "`%s` has a state in %s: it is not planned any more"
                              .formatted(names.id(), names.machineFile()))));
      return;
    }
    if (state.isEmpty()) {
      if (project.machine(names.machineFile()).isPresent()) {
        findings.accept(
            task.at()
                .finding(
                    "missing-state",
                    "task `%s` has no state in %s%s"
                        .formatted(names.id(), names.machineFile(), names.hint())));
      }
    } else if (!state.get().name().equals(names.state())) {
      findings.accept(
          state
              .get()
              .at()
              .finding(
                  "wrong-name",
                  "the state of `%s` must be called `%s`".formatted(names.id(), names.state())));
    }
  }

  private static void orphans(Project project, Machine machine, Consumer<LintFinding> findings) {
    if (!machine.isOnboarding() && project.section(machine).isEmpty()) {
      findings.accept(
          machine
              .tree()
              .finding(
                  "orphan-state",
                  "checklist `%s` has no section `%s`, and none of which this is a dimension's"
                      .formatted(machine.checklist(), machine.name())));
      return;
    }
    for (Machine.State state : machine.states()) {
      if (state.isCallback() && !isKnown(project, machine, state.task())) {
        findings.accept(
            state
                .at()
                .finding(
                    "orphan-state",
                    "no version of the checklist has the task `%s` here".formatted(state.task())));
      }
    }
  }

  private static boolean isKnown(Project project, Machine machine, String id) {
    TaskNames names = TaskNames.of(machine.checklist(), id);
    if (machine.isOnboarding()) {
      return names.task().equals(TaskNames.RESUME)
          && project.hasSection(machine.checklist(), names.section());
    }
    return project.section(machine).filter(names.section()::equals).isPresent()
        && (names.task().equals(TaskNames.GATE)
            || names.task().equals(TaskNames.RESUME)
            || project.hasTask(machine.checklist(), id));
  }

  private static Optional<Machine.State> state(Machine machine, String task) {
    return machine.states().stream().filter(state -> state.task().equals(task)).findFirst();
  }
}
