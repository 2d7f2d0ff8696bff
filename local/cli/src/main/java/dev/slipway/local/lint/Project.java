package dev.slipway.local.lint;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The project that lint looks at.
 *
 * @param checklists every version that the artifact carries
 * @param index which version is the newest
 * @param lock the hashes of released versions
 * @param machines every state machine's file
 * @param events every sample event by its file
 * @param skeletons the classes of handlers that are not written yet
 * @param unreadable the errors of files that could not be read, which are in none of the others
 */
record Project(
    List<ChecklistFile> checklists,
    Optional<LocatedNode> index,
    Optional<LocatedNode> lock,
    Optional<TemplateFile> template,
    List<Machine> machines,
    Map<String, LocatedNode> events,
    Set<String> skeletons,
    List<LintFinding> unreadable) {

  Optional<Machine> machine(String file) {
    return machines.stream().filter(machine -> machine.file().equals(file)).findFirst();
  }

  /** A machine's onboarding machine. */
  Optional<Machine> onboarding(String checklist) {
    return machine(TaskNames.machineFile(checklist, Machine.ONBOARDING));
  }

  /** The section's machine, and those of groups of its instances. */
  List<Machine> machines(String checklist, String section) {
    return machines.stream()
        .filter(machine -> machine.checklist().equals(checklist))
        .filter(machine -> section(machine).filter(section::equals).isPresent())
        .toList();
  }

  /** The section that a machine is of; empty for onboarding's, and for one of no section. */
  Optional<String> section(Machine machine) {
    return checklists.stream()
        .filter(file -> file.name().equals(machine.checklist()))
        .flatMap(
            file ->
                file.sections().stream()
                    .map(ChecklistFile.Section::id)
                    .filter(
                        section ->
                            machine.name().equals(section)
                                || file.dimensions().stream()
                                    .map(dimension -> section + "-" + dimension)
                                    .anyMatch(machine.name()::equals)))
        .max(Comparator.comparing(String::length));
  }

  /** The state of a task. */
  Optional<Machine.State> state(TaskNames names) {
    return machines(names.checklist(), names.section()).stream()
        .flatMap(machine -> machine.states().stream())
        .filter(state -> state.task().equals(names.id()))
        .findFirst();
  }

  Stream<ChecklistFile.Task> builtTasks() {
    return checklists.stream().flatMap(ChecklistFile::builtTasks);
  }

  /** Whether any version of the checklist has the task. */
  boolean hasTask(String checklist, String id) {
    return checklists.stream()
        .filter(file -> file.name().equals(checklist))
        .anyMatch(file -> file.taskIds().contains(id));
  }

  /** Whether any version of the checklist has the section. */
  boolean hasSection(String checklist, String id) {
    return checklists.stream()
        .filter(file -> file.name().equals(checklist))
        .flatMap(file -> file.sections().stream())
        .anyMatch(section -> section.id().equals(id));
  }
}
