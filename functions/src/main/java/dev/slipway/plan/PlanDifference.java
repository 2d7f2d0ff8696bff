package dev.slipway.plan;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The difference between two plans.
 *
 * @param changes one for each task that would be treated differently; empty when nothing differs
 */
public record PlanDifference(List<Change> changes) {
  public PlanDifference {
    changes = List.copyOf(changes);
  }

  /**
   * One task that would be treated differently.
   *
   * @param task the task, with its instance
   * @param before what was planned; null if the task was not in the plan
   * @param now what is planned; null if the task is not in the plan any more
   * @param rule what says so now; null when the task simply runs
   * @param changedElements the elements whose values it reads and that are not what they were
   * @param noLongerMissing what was missing and is there now
   * @param nowMissing what was there, or was not needed, and is missing now
   */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Change(
      String task,
      Effect before,
      Effect now,
      String rule,
      List<String> changedElements,
      List<String> noLongerMissing,
      List<String> nowMissing) {}

  /** Compares. */
  public static PlanDifference between(PlanOutline before, PlanOutline now) {
    List<Change> changes = new ArrayList<>();
    TreeSet<String> tasks = new TreeSet<>(before.lines().keySet());
    tasks.addAll(now.lines().keySet());
    for (String task : tasks) {
      PlanOutline.Line was = before.lines().get(task);
      PlanOutline.Line is = now.lines().get(task);
      if (!Objects.equals(was, is)) {
        changes.add(change(task, was, is));
      }
    }
    return new PlanDifference(changes);
  }

  private static Change change(String task, PlanOutline.Line was, PlanOutline.Line is) {
    return new Change(
        task,
        was == null ? null : was.effect(),
        is == null ? null : is.effect(),
        is == null ? null : is.rule(),
        was == null || is == null ? List.of() : changed(was.inputs(), is.inputs()),
        was == null || is == null ? List.of() : without(was.missing(), is.missing()),
        was == null || is == null ? List.of() : without(is.missing(), was.missing()));
  }

  private static List<String> changed(Map<String, String> was, Map<String, String> is) {
    TreeMap<String, String> all = new TreeMap<>(was);
    all.putAll(is);
    return all.keySet().stream().filter(id -> !Objects.equals(was.get(id), is.get(id))).toList();
  }

  private static List<String> without(List<String> some, List<String> others) {
    return some.stream().filter(field -> !others.contains(field)).toList();
  }
}
