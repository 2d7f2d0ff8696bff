package dev.slipway.local.lint;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * The order in which a run reaches the tasks of a checklist, as its state machines give it.
 * Branches of a Parallel state are in no order, nor is what a loop leads back to.
 */
final class TaskSequence {
  private static final String CHILD = "arn:aws:states:::states:startExecution";

  private final Project project;
  private final String checklist;
  private final Map<String, Set<String>> after = new LinkedHashMap<>();

  private TaskSequence(Project project, String checklist) {
    this.project = project;
    this.checklist = checklist;
  }

  static TaskSequence of(Project project, String checklist) {
    TaskSequence sequence = new TaskSequence(project, checklist);
    project.onboarding(checklist).ifPresent(onboarding -> sequence.tasksOf(onboarding.tree()));
    return sequence;
  }

  /** The tasks that are reached only after this one is final. */
  Set<String> after(String task) {
    return after.getOrDefault(task, Set.of());
  }

  /** The tasks of a machine, a branch or an item processor; notes their order. */
  private Set<String> tasksOf(LocatedNode scope) {
    Map<String, LocatedNode> states = scope.at("States").fields();
    Map<String, Set<String>> tasks = new LinkedHashMap<>();
    states.forEach((name, state) -> tasks.put(name, tasksIn(state)));
    for (String one : states.keySet()) {
      for (String other : reachable(states, one)) {
        if (!one.equals(other) && !reachable(states, other).contains(one)) {
          for (String task : tasks.get(one)) {
            after.computeIfAbsent(task, key -> new LinkedHashSet<>()).addAll(tasks.get(other));
          }
        }
      }
    }
    Set<String> all = new LinkedHashSet<>();
    tasks.values().forEach(all::addAll);
    return all;
  }

  private Set<String> tasksIn(LocatedNode state) {
    Set<String> tasks = new LinkedHashSet<>();
    state.at("Branches").items().forEach(branch -> tasks.addAll(tasksOf(branch)));
    if (state.at("ItemProcessor").exists()) {
      tasks.addAll(tasksOf(state.at("ItemProcessor")));
    }
    String task = state.at("Arguments").at("Payload").text("task");
    if (!task.isEmpty()) {
      tasks.add(task);
    }
    if (state.text("Resource").startsWith(CHILD)) {
      String child = Machine.placeholder(state.at("Arguments").text("StateMachineArn"));
      project.machines().stream()
          .filter(machine -> machine.checklist().equals(checklist) && !machine.isOnboarding())
          .filter(machine -> child.equals(TaskNames.pascal(machine.name()) + "StateMachineArn"))
          .forEach(machine -> tasks.addAll(tasksOf(machine.tree())));
    }
    return tasks;
  }

  /** The states of the same scope to which a state leads, itself only by a loop. */
  private static Set<String> reachable(Map<String, LocatedNode> states, String from) {
    Set<String> reached = new LinkedHashSet<>();
    Set<String> next = next(states.get(from));
    while (!next.isEmpty()) {
      Set<String> further = new LinkedHashSet<>();
      for (String name : next) {
        if (states.containsKey(name) && reached.add(name)) {
          further.addAll(next(states.get(name)));
        }
      }
      next = further;
    }
    return reached;
  }

  private static Set<String> next(LocatedNode state) {
    Set<String> next = new LinkedHashSet<>();
    next.add(state.text("Next"));
    next.add(state.text("Default"));
    state.at("Choices").items().forEach(choice -> next.add(choice.text("Next")));
    state.at("Catch").items().forEach(catcher -> next.add(catcher.text("Next")));
    next.remove("");
    return next;
  }
}
