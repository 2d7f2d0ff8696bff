package dev.slipway.local.scaffold;

import dev.slipway.checklist.Checklist;
import dev.slipway.checklist.Task;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The dependencies between tasks, direct or by others. */
final class Dependencies {
  private final Checklist checklist;
  private final Map<String, Set<String>> needed = new HashMap<>();

  Dependencies(Checklist checklist) {
    this.checklist = checklist;
    checklist.tasks().forEach(task -> needed.put(task.id(), closure(task)));
  }

  private Set<String> closure(Task task) {
    Set<String> reached = new LinkedHashSet<>();
    Deque<String> open = new ArrayDeque<>(task.dependsOn());
    while (!open.isEmpty()) {
      String id = open.remove();
      if (reached.add(id)) {
        checklist.task(id).ifPresent(other -> open.addAll(other.dependsOn()));
      }
    }
    return reached;
  }

  /** The order of a section's tasks, by their ids. */
  Order tasks(Checklist.Section section) {
    Map<String, List<String>> units = new LinkedHashMap<>();
    section.tasks().forEach(task -> units.put(task.id(), List.of(task.id())));
    return new Units(units, needed, withInstances());
  }

  private Set<String> withInstances() {
    return checklist
        .tasks()
        .filter(task -> task.per() != null)
        .map(Task::id)
        .collect(Collectors.toSet());
  }

  /** The order of the sections, each under a name that a state machine has for it. */
  Order sections(Function<String, String> name) {
    Map<String, List<String>> units = new LinkedHashMap<>();
    for (Checklist.Section section : checklist.sections()) {
      units.put(name.apply(section.id()), section.tasks().stream().map(Task::id).toList());
    }
    return new Units(units, needed, withInstances());
  }

  /**
   * Units of one task or of many.
   *
   * @param tasks of each unit, in the checklist's order
   * @param needed of each task, all that it needs
   * @param withInstances the tasks that have instances
   */
  private record Units(
      Map<String, List<String>> tasks, Map<String, Set<String>> needed, Set<String> withInstances)
      implements Order {
    @Override
    public boolean hasInstances(String unit) {
      return tasks.getOrDefault(unit, List.of()).stream().anyMatch(withInstances::contains);
    }

    @Override
    public int position(String unit) {
      return List.copyOf(tasks.keySet()).indexOf(unit);
    }

    @Override
    public boolean needs(String later, String earlier) {
      List<String> first = tasks.getOrDefault(earlier, List.of());
      return !later.equals(earlier)
          && tasks.getOrDefault(later, List.of()).stream()
              .anyMatch(task -> first.stream().anyMatch(needed.get(task)::contains));
    }
  }
}
