package dev.slipway.local.lint;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * No state machine contradicts the checklist: a task whose dependency is reached only after it
 * would wait for good. A section's gate comes before its tasks.
 */
final class OrderRule implements Rule {
  private static final String RULE = "order";

  @Override
  public void check(Project project, Consumer<LintFinding> findings) {
    for (ChecklistFile checklist : project.checklists()) {
      TaskSequence sequence = TaskSequence.of(project, checklist.name());
      Map<String, Set<String>> dependents = dependents(checklist);
      checklist
          .builtTasks()
          .forEach(
              task -> {
                gate(project, task, sequence, findings);
                for (LocatedNode dependency : task.dependsOn()) {
                  String id = dependency.text().orElse("");
                  if (isReachedOnlyAfter(id, task.id(), sequence, dependents)) {
                    findings.accept(
                        place(project, task)
                            .finding(
                                RULE,
                                "`%s` waits for `%s`, which is reached only after it"
                                    .formatted(task.id(), id)));
                  }
                }
              });
      sections(checklist, sequence, findings);
    }
  }

  /**
   * A section that a run reaches only after others depends on all of their rows, so that plans say
   * it.
   */
  private static void sections(
      ChecklistFile checklist, TaskSequence sequence, Consumer<LintFinding> findings) {
    Map<String, Set<String>> needed = new HashMap<>();
    checklist.tasks().forEach(task -> needed.put(task.id(), new HashSet<>()));
    Map<String, Set<String>> dependents = dependents(checklist);
    checklist.builtTasks().forEach(task -> note(task.id(), task.id(), dependents, needed));
    checklist
        .builtTasks()
        .forEach(
            later ->
                checklist
                    .builtTasks()
                    .filter(earlier -> !earlier.names().section().equals(later.names().section()))
                    .filter(earlier -> sequence.after(earlier.id()).contains(later.id()))
                    .filter(earlier -> !needed.get(later.id()).contains(earlier.id()))
                    .forEach(
                        earlier ->
                            findings.accept(
                                later
                                    .at()
                                    .at("dependsOn")
                                    .finding(
                                        RULE,
                                        "`%s` is reached only after `%s`: add that to its dependsOn"
                                            .formatted(later.id(), earlier.id())))));
  }

  private static void note(
      String task,
      String by,
      Map<String, Set<String>> dependents,
      Map<String, Set<String>> needed) {
    for (String dependent : dependents.getOrDefault(by, Set.of())) {
      if (needed.get(dependent).add(task)) {
        note(task, dependent, dependents, needed);
      }
    }
  }

  private static void gate(
      Project project,
      ChecklistFile.Task task,
      TaskSequence sequence,
      Consumer<LintFinding> findings) {
    String gate = task.names().section() + "." + TaskNames.GATE;
    Optional<Machine.State> state = project.state(task.names());
    if (state.isPresent() && !sequence.after(gate).contains(task.id())) {
      findings.accept(
          state
              .get()
              .at()
              .finding(RULE, "`%s` is not behind the gate of its section".formatted(task.id())));
    }
  }

  private static Map<String, Set<String>> dependents(ChecklistFile checklist) {
    Map<String, Set<String>> dependents = new HashMap<>();
    checklist
        .builtTasks()
        .forEach(
            task ->
                task.dependsOn()
                    .forEach(
                        dependency ->
                            dependents
                                .computeIfAbsent(
                                    dependency.text().orElse(""), key -> new HashSet<>())
                                .add(task.id())));
    return dependents;
  }

  private record Step(String task, boolean bySequence) {}

  /**
   * Whether what must come after {@code before}, by the machines and by dependencies in turn,
   * includes {@code task}. By dependencies alone it would be a cycle of the checklist, which
   * another rule finds.
   */
  private static boolean isReachedOnlyAfter(
      String task, String before, TaskSequence sequence, Map<String, Set<String>> dependents) {
    Deque<Step> open = new ArrayDeque<>();
    Set<Step> seen = new HashSet<>();
    open.add(new Step(before, false));
    while (!open.isEmpty()) {
      Step step = open.remove();
      if (!seen.add(step)) {
        continue;
      }
      if (step.bySequence() && step.task().equals(task)) {
        return true;
      }
      sequence.after(step.task()).forEach(next -> open.add(new Step(next, true)));
      dependents
          .getOrDefault(step.task(), Set.of())
          .forEach(next -> open.add(new Step(next, step.bySequence())));
    }
    return false;
  }

  private static LocatedNode place(Project project, ChecklistFile.Task task) {
    return project.state(task.names()).map(Machine.State::at).orElse(task.at().at("dependsOn"));
  }
}
