package dev.slipway.local.lint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.checklist.Checklist;
import dev.slipway.checklist.Checklists;
import dev.slipway.checklist.Dependency;
import dev.slipway.checklist.Dimension;
import dev.slipway.checklist.Element;
import dev.slipway.checklist.ElementNames;
import dev.slipway.checklist.Expression;
import dev.slipway.checklist.Instances;
import dev.slipway.checklist.Promotion;
import dev.slipway.checklist.Task;
import dev.slipway.json.Json;
import dev.slipway.ledger.TaskKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A checklist's instances, whatever the elements are: of each axis those values that the checklist
 * tells apart, by its promotion and its dependencies, and one other.
 */
final class SampleInstances {
  private static final String OTHER = "sample";

  private final Instances instances;

  private SampleInstances(Instances instances) {
    this.instances = instances;
  }

  private static boolean isKnown(Checklist checklist, String dimension) {
    return dimension == null || checklist.dimensions().containsKey(dimension);
  }

  /** Of a checklist that has the form of one, and the dimensions that its tasks name. */
  static Optional<SampleInstances> of(ChecklistFile file) {
    return file.whole()
        .checklist()
        .filter(checklist -> checklist.tasks().allMatch(task -> isKnown(checklist, task.per())))
        .map(
            checklist -> {
              ObjectNode tree = file.whole().tree().orElseThrow().deepCopy();
              Map<String, Set<String>> values = values(checklist);
              for (Map.Entry<String, Dimension> dimension : checklist.dimensions().entrySet()) {
                ArrayNode keys = Json.MAPPER.createArrayNode();
                at(dimension.getValue(), values)
                    .forEach(at -> keys.add(String.join(".", at.values())));
                ((ObjectNode) tree.at("/dimensions").path(dimension.getKey()))
                    .put("keys", keys.toString())
                    .put("most", keys.size());
              }
              for (JsonNode section : tree.path("sections")) {
                section
                    .path("tasks")
                    .forEach(task -> ((ObjectNode) task).remove(List.of("where", "planned")));
              }
              return new SampleInstances(
                  new Instances(Checklists.of(tree), Json.MAPPER.createObjectNode()));
            });
  }

  /** A task's instances. */
  List<TaskKey> keys(String task) {
    return instances.checklist().task(task).map(instances::of).orElse(List.of());
  }

  /** What has to be final before this one is. */
  List<TaskKey> awaitedBy(TaskKey key) {
    return instances.allDependencies(key);
  }

  /** Where instances of a dimension may stand; of none, one place without axes. */
  static List<Map<String, String>> places(Checklist checklist, String dimension) {
    return dimension == null || !isKnown(checklist, dimension)
        ? List.of(Map.of())
        : at(checklist.dimension(dimension), values(checklist));
  }

  /**
   * The values that keys of a dimension have on an axis, where no element decides: those of its own
   * keys, or else of the dimension that is this axis alone. Empty where elements decide.
   */
  static Set<String> known(Checklist checklist, String dimension, String axis) {
    return Stream.concat(
            Stream.of(checklist.dimension(dimension)),
            checklist.dimensions().values().stream()
                .filter(each -> each.of().equals(List.of(axis))))
        .filter(each -> isFixed(checklist, each))
        .findFirst()
        .map(each -> values(each, axis))
        .orElse(Set.of());
  }

  private static boolean isFixed(Checklist checklist, Dimension dimension) {
    Set<String> names = ElementNames.in(dimension.keys());
    return checklist.elements().map(Element::id).noneMatch(names::contains);
  }

  private static Set<String> values(Dimension dimension, String axis) {
    Set<String> values = new TreeSet<>();
    try {
      Object keys = new Expression(dimension.keys()).evaluate(Map.of(), Map.of());
      // A key with another number of parts has nothing there: ConditionsRule tells it.
      Json.tree(keys).forEach(key -> values.add(dimension.at(key.asText()).getOrDefault(axis, "")));
    } catch (IllegalArgumentException e) {
      // So it does of keys that cannot be evaluated.
      return Set.of();
    }
    return values;
  }

  private static List<Map<String, String>> at(Dimension of, Map<String, Set<String>> values) {
    List<Map<String, String>> places = List.of(Map.of());
    for (String axis : of.of()) {
      List<Map<String, String>> next = new ArrayList<>();
      for (Map<String, String> place : places) {
        for (String value : values.get(axis)) {
          Map<String, String> with = new LinkedHashMap<>(place);
          with.put(axis, value);
          next.add(with);
        }
      }
      places = next;
    }
    return places;
  }

  private static Map<String, Set<String>> values(Checklist checklist) {
    Map<String, Set<String>> values = new LinkedHashMap<>();
    checklist.dimensions().values().stream()
        .flatMap(dimension -> dimension.of().stream())
        .forEach(axis -> values.put(axis, new TreeSet<>(Set.of(OTHER))));
    Promotion promotion = checklist.promotion();
    if (promotion != null && values.containsKey(promotion.axis())) {
      values.put(promotion.axis(), new TreeSet<>(Set.of(promotion.from(), promotion.to(), OTHER)));
    }
    checklist
        .tasks()
        .flatMap(SampleInstances::dependencies)
        .flatMap(each -> Stream.of(each.only(), each.when()))
        .flatMap(told -> told.entrySet().stream())
        .filter(told -> values.containsKey(told.getKey()))
        .forEach(told -> values.get(told.getKey()).addAll(told.getValue()));
    return values;
  }

  /** All dependencies of a task, those of its steps included. */
  static Stream<Dependency> dependencies(Task task) {
    return Stream.concat(
        task.dependencies().stream(),
        task.steps().stream().flatMap(step -> step.waitFor().stream()));
  }
}
