package dev.slipway.local.lint;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Each entry point has its sample event, and each sample event its entry point. */
final class EventsRule implements Rule {
  private static final String TASKS = "events/tasks/";
  private static final String API = "events/api/";

  @Override
  public void check(Project project, Consumer<LintFinding> findings) {
    Set<String> expected = new HashSet<>();
    for (ChecklistFile checklist : project.checklists()) {
      checklist
          .builtTasks()
          .forEach(
              task -> {
                expect(project, task.at(), task.names(), expected, findings);
                instance(project, checklist, task, findings);
              });
      for (ChecklistFile.Section section : checklist.builtSections()) {
        for (String pseudo : Set.of(TaskNames.GATE, TaskNames.RESUME)) {
          TaskNames names = new TaskNames(checklist.name(), section.id(), pseudo);
          expect(project, section.at(), names, expected, findings);
        }
      }
      String execution = "events/executions/" + checklist.name() + ".json";
      if (!project.events().containsKey(execution)) {
        findings.accept(checklist.tree().finding("missing-event", "there is no " + execution));
      }
    }
    project.template().ifPresent(template -> routes(project, template, expected, findings));
    for (Map.Entry<String, LocatedNode> event : project.events().entrySet()) {
      String file = event.getKey();
      if ((file.startsWith(TASKS) || file.startsWith(API)) && !expected.contains(file)) {
        findings.accept(event.getValue().finding("orphan-event", "nothing receives this event"));
      }
    }
  }

  /** The event of a task with instances names one: a part for each axis. */
  private static void instance(
      Project project,
      ChecklistFile checklist,
      ChecklistFile.Task task,
      Consumer<LintFinding> findings) {
    LocatedNode event = project.events().get(task.names().event());
    LocatedNode dimension = checklist.tree().at("dimensions").at(task.at().text("per"));
    if (event == null || (task.at().at("per").exists() && !dimension.exists())) {
      return;
    }
    int axes = task.at().at("per").exists() ? Math.max(1, dimension.at("of").items().size()) : 0;
    String instance = event.text("instance");
    int parts = instance.isEmpty() ? 0 : instance.split("\\.", -1).length;
    if (parts != axes) {
      findings.accept(
          event
              .at("instance")
              .finding(
                  "wrong-name",
                  "`instance` must have %d parts joined by dots, as `%s` has them"
                      .formatted(axes, task.id())));
    }
  }

  private static void expect(
      Project project,
      LocatedNode at,
      TaskNames names,
      Set<String> expected,
      Consumer<LintFinding> findings) {
    expected.add(names.event());
    LocatedNode event = project.events().get(names.event());
    if (event == null) {
      findings.accept(
          at.finding(
              "missing-event",
              "`%s` has no %s%s".formatted(names.id(), names.event(), names.hint())));
    } else if (!event.text("task").equals(names.id())) {
      findings.accept(event.at("task").finding("wrong-name", "must be `%s`".formatted(names.id())));
    }
  }

  private static void routes(
      Project project,
      TemplateFile template,
      Set<String> expected,
      Consumer<LintFinding> findings) {
    template
        .functions()
        .forEach(
            (id, function) -> {
              for (String route : TemplateFile.routes(function)) {
                String file = API + route + ".json";
                expected.add(file);
                if (!project.events().containsKey(file)) {
                  findings.accept(
                      function.finding("missing-event", "`%s` has no %s".formatted(route, file)));
                }
              }
            });
  }
}
