package dev.slipway.local.lint;

import dev.slipway.ledger.TaskKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * No task's instance waits for itself, by dependencies, at a step, or for its twin; and no element
 * is asked for only after itself.
 */
final class CyclesRule implements Rule {
  @Override
  public void check(Project project, Consumer<LintFinding> findings) {
    for (ChecklistFile checklist : project.checklists()) {
      Map<String, List<String>> dependencies = new LinkedHashMap<>();
      Map<String, LocatedNode> places = new HashMap<>();
      SampleInstances.of(checklist)
          .ifPresent(
              instances -> {
                for (ChecklistFile.Task task : checklist.tasks()) {
                  for (TaskKey key : instances.keys(task.id())) {
                    dependencies.put(
                        key.toString(),
                        instances.awaitedBy(key).stream().map(TaskKey::toString).toList());
                    places.put(key.toString(), task.at().at("dependsOn"));
                  }
                }
              });
      new Search(dependencies, places, "waits for itself", findings).run();

      Map<String, List<String>> conditions = new LinkedHashMap<>();
      Map<String, LocatedNode> conditionPlaces = new HashMap<>();
      for (ChecklistFile.Element element : checklist.elements()) {
        if (!element.isCredential()) {
          String condition = element.at().text("condition");
          conditions.put(element.id(), List.copyOf(ConditionNames.of(condition).elements()));
          conditionPlaces.put(element.id(), element.at().at("condition"));
        }
      }
      new Search(conditions, conditionPlaces, "is asked for only when it was given", findings)
          .run();
    }
  }

  /** Looks for ways that lead back to where they began, depth first. */
  private static final class Search {
    private final Map<String, List<String>> edges;
    private final Map<String, LocatedNode> places;
    private final String message;
    private final Consumer<LintFinding> findings;
    private final Set<String> done = new HashSet<>();
    private final List<String> way = new ArrayList<>();

    Search(
        Map<String, List<String>> edges,
        Map<String, LocatedNode> places,
        String message,
        Consumer<LintFinding> findings) {
      this.edges = edges;
      this.places = places;
      this.message = message;
      this.findings = findings;
    }

    void run() {
      edges.keySet().forEach(this::visit);
    }

    private void visit(String node) {
      int before = way.indexOf(node);
      if (before >= 0) {
        List<String> cycle = new ArrayList<>(way.subList(before, way.size()));
        cycle.add(node);
        findings.accept(
            places
                .get(node)
                .finding(
                    "cycle", "`%s` %s: %s".formatted(node, message, String.join(" → ", cycle))));
        return;
      }
      if (!edges.containsKey(node) || !done.add(node)) {
        return;
      }
      way.add(node);
      edges.get(node).forEach(this::visit);
      way.removeLast();
    }
  }
}
