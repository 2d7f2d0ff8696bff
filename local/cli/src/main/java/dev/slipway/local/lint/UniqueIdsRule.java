package dev.slipway.local.lint;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Each section, element, task and step has an id of its own. */
final class UniqueIdsRule implements Rule {
  /** An id that can become the name of a state, a package and a path. */
  private static final Pattern ID = Pattern.compile("[a-z][a-z0-9]*+(?:-[a-z0-9]++)*+");

  @Override
  public void check(Project project, Consumer<LintFinding> findings) {
    for (ChecklistFile checklist : project.checklists()) {
      unique(
          checklist.sections().stream().map(ChecklistFile.Section::at).toList(),
          at -> at.text("id"),
          "section",
          findings);
      unique(
          checklist.elements().stream().map(ChecklistFile.Element::at).toList(),
          at -> at.text("kind") + " " + at.text("id"),
          "element",
          findings);
      List<LocatedNode> tasks = checklist.tasks().stream().map(ChecklistFile.Task::at).toList();
      for (ChecklistFile.Section section : checklist.sections()) {
        unique(section.at().at("tasks").items(), at -> at.text("id"), "task", findings);
      }
      for (LocatedNode task : tasks) {
        unique(task.at("steps").items(), at -> at.text("id"), "step", findings);
      }
      rows(tasks, findings);
    }
    sections(project, findings);
    Map<String, Machine.State> tasks = new HashMap<>();
    for (Machine machine : project.machines()) {
      states(machine, tasks, findings);
    }
  }

  /**
   * Functions and events are called by section and task: no two checklists share a section's id.
   */
  private static void sections(Project project, Consumer<LintFinding> findings) {
    Map<String, String> checklists = new HashMap<>();
    for (ChecklistFile checklist : project.checklists()) {
      for (ChecklistFile.Section section : checklist.sections()) {
        String first = checklists.putIfAbsent(section.id(), checklist.name());
        if (first != null && !first.equals(checklist.name())) {
          findings.accept(
              section
                  .at()
                  .finding(
                      "duplicate-id",
                      "checklist `%s` has a section `%s` too: functions and events are called by it"
                          .formatted(first, section.id())));
        }
      }
    }
  }

  private static void unique(
      List<LocatedNode> all,
      Function<LocatedNode, String> key,
      String kind,
      Consumer<LintFinding> findings) {
    Map<String, LocatedNode> seen = new HashMap<>();
    for (LocatedNode one : all) {
      String id = one.text("id");
      if (!ID.matcher(id).matches()) {
        findings.accept(
            one.finding(
                "wrong-name",
                "`%s` is no id of a %s: lower-case words joined by hyphens".formatted(id, kind)));
      }
      LocatedNode first = seen.putIfAbsent(key.apply(one), one);
      if (first != null) {
        findings.accept(
            one.finding(
                "duplicate-id",
                "the %s `%s` is there already in line %d".formatted(kind, id, first.line())));
      }
    }
  }

  private static void rows(List<LocatedNode> tasks, Consumer<LintFinding> findings) {
    Map<String, LocatedNode> seen = new HashMap<>();
    for (LocatedNode task : tasks) {
      LocatedNode first = seen.putIfAbsent(task.text("row"), task);
      if (first != null) {
        findings.accept(
            task.at("row")
                .finding(
                    "duplicate-id",
                    "the row %s is there already in line %d"
                        .formatted(task.text("row"), first.line())));
      }
    }
  }

  /** A state's name is unique within the whole machine, and the task that it runs everywhere. */
  private static void states(
      Machine machine, Map<String, Machine.State> tasks, Consumer<LintFinding> findings) {
    Map<String, Machine.State> names = new HashMap<>();
    for (Machine.State state : machine.states()) {
      Machine.State first = names.putIfAbsent(state.name(), state);
      if (first != null) {
        findings.accept(
            state
                .at()
                .finding(
                    "duplicate-id",
                    "the state `%s` is there already in line %d"
                        .formatted(state.name(), first.at().line())));
      }
      if (!state.task().isEmpty()) {
        // What resumes an iteration is told by the dimension.
        boolean resumes = state.task().endsWith("." + TaskNames.RESUME);
        Machine.State other =
            tasks.putIfAbsent(
                machine.checklist() + state.task() + (resumes ? state.over() : ""), state);
        if (other != null) {
          findings.accept(
              state
                  .payload()
                  .at("task")
                  .finding(
                      "duplicate-id",
                      "the task `%s` is run by the state `%s` already"
                          .formatted(state.task(), other.name())));
        }
      }
    }
  }
}
