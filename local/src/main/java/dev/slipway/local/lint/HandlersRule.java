package dev.slipway.local.lint;

import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Each built task has its class, and no task function is without a task. */
final class HandlersRule implements Rule {
  private final HandlerClasses handlers;

  HandlersRule(HandlerClasses handlers) {
    this.handlers = handlers;
  }

  @Override
  public void check(Project project, Consumer<LintFinding> findings) {
    project
        .builtTasks()
        .filter(task -> !handlers.has(task.names().handler()))
        .forEach(
            task ->
                findings.accept(
                    task.at()
                        .finding(
                            "missing-handler",
                            "task `%s` has no class %s"
                                .formatted(task.id(), task.names().handler()))));
    Set<String> known =
        project.checklists().stream()
            .flatMap(file -> file.tasks().stream())
            .map(task -> task.names().handler())
            .collect(Collectors.toSet());
    for (String checklist :
        project.checklists().stream()
            .map(ChecklistFile::name)
            .collect(Collectors.toCollection(TreeSet::new))) {
      for (String name : handlers.taskFunctions(TaskNames.handlerPackage(checklist))) {
        if (!known.contains(name)) {
          findings.accept(
              new LintFinding(
                  "functions/src/main/java/" + name.replace('.', '/') + ".java",
                  1,
                  "orphan-handler",
                  "no version of checklist `%s` has a task for it".formatted(checklist)));
        }
      }
    }
  }
}
