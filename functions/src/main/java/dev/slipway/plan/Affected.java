package dev.slipway.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.checklist.Checklist;
import dev.slipway.checklist.Condition;
import dev.slipway.checklist.Element;
import dev.slipway.checklist.Task;
import dev.slipway.ledger.TaskKey;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** What has to be looked at again when something that was given at intake changes. */
public final class Affected {
  private final Checklist checklist;

  /** Of one checklist. */
  public Affected(Checklist checklist) {
    this.checklist = checklist;
  }

  /**
   * The gates that ask for the element, or for others because of it: by their own condition, or
   * because a row applies by it that uses them.
   */
  public List<TaskKey> gatesOfElement(String id) {
    return checklist.sections().stream()
        .filter(
            section ->
                section.elements().stream()
                    .anyMatch(
                        element ->
                            (element.kind() == Element.Kind.VALUE && element.id().equals(id))
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

  /**
   * The tasks that read the element, or that apply or are chosen otherwise than before because of
   * it.
   *
   * @param before the elements as they were
   * @param value the element's new value
   */
  public List<TaskKey> tasksOfElement(String id, ObjectNode before, JsonNode value) {
    ObjectNode after = before.deepCopy();
    after.set(id, value);
    return built()
        .filter(
            task ->
                task.inputs().contains(id)
                    || isDecidedOtherwise(task.condition(), before, after)
                    || isDecidedOtherwise(task.chosenBy(), before, after))
        .map(task -> new TaskKey(task.id(), ""))
        .toList();
  }

  /** The gates that ask for the credential. */
  public List<TaskKey> gatesOfCredential(String system) {
    return checklist.sections().stream()
        .filter(
            section ->
                section.elements().stream()
                    .anyMatch(
                        element ->
                            element.kind() == Element.Kind.CREDENTIAL
                                && element.id().equals(system)))
        .map(section -> new TaskKey(section.gate(), ""))
        .toList();
  }

  /** The tasks that read the credential. */
  public List<TaskKey> tasksOfCredential(String system) {
    return built()
        .filter(task -> task.credentials().contains(system))
        .map(task -> new TaskKey(task.id(), ""))
        .toList();
  }

  /** These, and whatever rests on one of them, directly or not; in the checklist's order. */
  public List<TaskKey> withDependents(List<TaskKey> tasks) {
    Set<String> all = new HashSet<>();
    tasks.forEach(key -> all.add(key.task()));
    boolean grown = !all.isEmpty();
    while (grown) {
      grown =
          all.addAll(
              built()
                  .filter(task -> task.dependsOn().stream().anyMatch(all::contains))
                  .map(Task::id)
                  .toList());
    }
    return built()
        .filter(task -> all.contains(task.id()))
        .map(task -> new TaskKey(task.id(), ""))
        .toList();
  }

  private static boolean isRuledBy(Task task, String id) {
    return ElementNames.in(task.condition()).contains(id)
        || ElementNames.in(task.chosenBy()).contains(id);
  }

  private Stream<Task> built() {
    return checklist.tasks().filter(task -> !task.planned());
  }

  private static boolean isDecidedOtherwise(String rule, JsonNode before, JsonNode after) {
    if (rule == null) {
      return false;
    }
    Condition condition = new Condition(rule);
    return !Objects.equals(condition.evaluate(before), condition.evaluate(after));
  }
}
