package dev.slipway.local.lint;

import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Each built task has its class, and no task function is without a task. */
final class HandlersRule implements Rule {
  /** The problem that a handler tells which {@code scaffold} wrote and nobody finished. */
  static final String NOT_BUILT = "slipway.not-built";

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
                            "task `%s` has no class %s%s"
                                .formatted(
                                    task.id(), task.names().handler(), task.names().hint()))));
    project
        .builtTasks()
        .map(task -> task.names().handler())
        .filter(project.skeletons()::contains)
        .distinct()
        .forEach(
            handler ->
                findings.accept(
                    new LintFinding(
                        source(handler),
                        1,
                        "unfinished-handler",
                        "a skeleton: write its steps, and a test of each, in the place of %s"
                            .formatted(NOT_BUILT))));
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
                  source(name),
                  1,
                  "orphan-handler",
                  "no version of checklist `%s` has a task for it".formatted(checklist)));
        }
      }
    }
  }

  /** The file of a handler's class. */
  static String source(String handler) {
    return "functions/src/main/java/" + handler.replace('.', '/') + ".java";
  }
}
