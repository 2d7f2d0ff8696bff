package dev.slipway.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.checklist.Checklist;
import dev.slipway.checklist.Element;
import dev.slipway.checklist.ElementNames;
import dev.slipway.checklist.Instances;
import dev.slipway.checklist.Task;
import dev.slipway.ledger.ElementRecord;
import dev.slipway.ledger.Elements;
import dev.slipway.ledger.TaskKey;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Finds the tasks to look at again when an element or a credential changes. */
public final class AffectedTasks {
  private final Checklist checklist;
  private final Instances before;

  /**
   * Of one checklist.
   *
   * @param elements those given so far
   */
  public AffectedTasks(Checklist checklist, ObjectNode elements) {
    this.checklist = checklist;
    this.before = new Instances(checklist, elements);
  }

  /** The tasks that rest on an element that is given another value. */
  public Elements.Dependents ofElement(String id, String instance, JsonNode value) {
    ObjectNode elements = before.elements().deepCopy();
    ElementRecord.put(elements, id, instance, value);
    Instances after = new Instances(checklist, elements);
    Set<TaskKey> tasks = new LinkedHashSet<>();
    built()
        .flatMap(task -> Stream.concat(before.of(task).stream(), after.of(task).stream()))
        .filter(key -> isAffected(id, key, after))
        .forEach(tasks::add);
    Set<TaskKey> resting = new LinkedHashSet<>(before.withDependents(List.copyOf(tasks)));
    resting.addAll(after.withDependents(List.copyOf(tasks)));
    boolean fansOutAnew = built().anyMatch(task -> !before.of(task).equals(after.of(task)));
    if (fansOutAnew) {
      // They may wait for other tasks than before.
      tasks.addAll(resting);
    }
    return dependents(
        tasks, gatesOfRows(row -> rests(row, id)), resting, gatesOfElement(id), fansOutAnew);
  }

  private static Elements.Dependents dependents(
      Collection<TaskKey> readers,
      List<TaskKey> gatesOfRows,
      Collection<TaskKey> resting,
      List<TaskKey> gates,
      boolean fansOutAnew) {
    Set<TaskKey> tasks = new LinkedHashSet<>(readers);
    tasks.addAll(gatesOfRows);
    return new Elements.Dependents(
        gates.stream().filter(gate -> !tasks.contains(gate)).toList(),
        List.copyOf(tasks),
        resting.stream().filter(task -> !tasks.contains(task)).toList(),
        fansOutAnew);
  }

  /**
   * Whether an instance reads the element, or applies or is chosen otherwise than before because of
   * it.
   */
  private boolean isAffected(String id, TaskKey key, Instances after) {
    Task task = checklist.task(key.task()).orElseThrow();
    return before.has(key) != after.has(key)
        || (task.inputs().contains(id) && !before.input(id, key).equals(after.input(id, key)))
        || isDecidedOtherwise(task.condition(), key, after)
        || isDecidedOtherwise(task.chosenBy(), key, after);
  }

  private boolean isDecidedOtherwise(String rule, TaskKey key, Instances after) {
    return before.rules().evaluate(rule, before.at(key))
        != after.rules().evaluate(rule, after.at(key));
  }

  /**
   * The gates that ask for the element, or for others because of it: by their own condition, or
   * because a row applies by it that uses them.
   */
  private List<TaskKey> gatesOfElement(String id) {
    return checklist.sections().stream()
        .filter(
            section ->
                section.elements().stream()
                    .anyMatch(
                        element ->
                            element.is(Element.Kind.VALUE, id)
                                || ElementNames.in(element.condition()).contains(id)
                                || built()
                                    .filter(task -> isRuledBy(task, id))
                                    .anyMatch(
                                        task ->
                                            task.inputs().contains(element.id())
                                                || task.credentials().contains(element.id()))))
        .map(section -> new TaskKey(section.gate(), ""))
        .toList();
  }

  /** The tasks that rest on a credential. */
  public Elements.Dependents ofCredential(String system, String instance) {
    Element element = checklist.credential(system).orElseThrow();
    List<TaskKey> readers = readers(element, instance);
    return dependents(
        readers,
        gatesOfRows(row -> row.equals(element) || row.credentials().contains(system)),
        before.withDependents(readers),
        checklist.sections().stream()
            .filter(section -> section.elements().contains(element))
            .map(section -> new TaskKey(section.gate(), ""))
            .toList(),
        false);
  }

  /** The tasks and gates that wait until an element's row, or one of its instances, is verified. */
  public Elements.Dependents ofRow(Element element, String instance) {
    // As gates are: what is final, or was not reached yet, is left alone.
    return new Elements.Dependents(readers(element, instance), List.of());
  }

  /** The tasks' instances that read this instance of an element or credential. */
  private List<TaskKey> readers(Element element, String instance) {
    return built()
        .filter(task -> task.reads(element))
        .flatMap(task -> before.of(task).stream())
        .filter(key -> before.of(element, key).contains(instance))
        .toList();
  }

  /** The gates that verify a row anew, also those that let their section pass already. */
  private List<TaskKey> gatesOfRows(Predicate<Element> concerned) {
    return checklist.sections().stream()
        .filter(
            section -> section.elements().stream().filter(e -> e.row() != null).anyMatch(concerned))
        .map(section -> new TaskKey(section.gate(), ""))
        .toList();
  }

  /** Whether a row, or how many instances it has, rests on an element. */
  private boolean rests(Element row, String id) {
    return row.is(Element.Kind.VALUE, id)
        || row.inputs().contains(id)
        || ElementNames.in(row.condition()).contains(id)
        || (row.per() != null
            && ElementNames.in(checklist.dimension(row.per()).keys()).contains(id));
  }

  private boolean isRuledBy(Task task, String id) {
    return ElementNames.in(task.condition()).contains(id)
        || ElementNames.in(task.chosenBy()).contains(id)
        || before.decidingElements(task).contains(id);
  }

  private Stream<Task> built() {
    return checklist.tasks().filter(task -> !task.planned());
  }
}
