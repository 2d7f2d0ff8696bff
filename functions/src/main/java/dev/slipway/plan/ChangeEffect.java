package dev.slipway.plan;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.checklist.Checklist;
import dev.slipway.checklist.Element;
import dev.slipway.checklist.InstanceLine;
import dev.slipway.checklist.Instances;
import dev.slipway.checklist.Task;
import dev.slipway.json.Json;
import dev.slipway.ledger.ElementRecord;
import dev.slipway.ledger.TaskKey;
import dev.slipway.ledger.TaskRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The effect that another value of an element would have on the tasks. Working it out changes
 * nothing.
 *
 * @param hash of all this, to be named by the person who applies it. Its end tells the kinds, so
 *     that a stale one can be compared with the present effect although nobody kept it
 * @param tasks one for each task that is built, in the checklist's order
 * @param missing elements that would be asked for and are not asked for now
 */
public record ChangeEffect(String hash, List<TaskChange> tasks, List<Plan.Missing> missing) {
  private static final int DIGEST_LENGTH = 32;
  private static final Set<String> OPEN = Set.of("PENDING", "WAITING", "FAILED");

  public ChangeEffect {
    tasks = List.copyOf(tasks);
    missing = List.copyOf(missing);
  }

  /** The effect on a task. */
  public enum Kind {
    /** The finding rests on the old value: it is performed again. */
    INVALID('I'),
    /** It was not to be done and now is. */
    NEW('N'),
    /** A rule says that it does not apply any more. */
    NOT_APPLICABLE('A'),
    /** It is optional and not chosen any more. */
    NOT_CHOSEN('C'),
    /** Its instance, such as a tenant, is no longer part of the onboarding. */
    GONE('G'),
    /** Nothing of what was found rests on it; what was not reached yet reads the new value. */
    UNCHANGED('U');

    private final char letter;

    Kind(char letter) {
      this.letter = letter;
    }
  }

  /**
   * The effect on one task.
   *
   * @param task the task, with its instance
   * @param outcome where it stands now
   * @param rule what says so; null for what is unchanged
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record TaskChange(
      String task, String row, String title, Kind effect, String outcome, String rule) {}

  /**
   * A task with another effect than the one that was seen.
   *
   * @param before what would have happened
   * @param now what would happen
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Difference(String task, Kind before, Kind now, String rule) {}

  /**
   * Works it out.
   *
   * @param element the element's id
   * @param instance what it is given for; empty when it is given once
   * @param version the version of the element that the value would replace; 0: none
   * @param value the new value
   * @param before what a plan is made from now
   * @param records the tasks that were touched
   */
  public static ChangeEffect of(
      Checklist checklist,
      String element,
      String instance,
      long version,
      JsonNode value,
      PlanInput before,
      List<TaskRecord> records) {
    ObjectNode elements = before.elements().deepCopy();
    ElementRecord.put(elements, element, instance, value);
    Planner was = new Planner(checklist, before);
    Planner is =
        new Planner(
            checklist, new PlanInput(elements, before.validCredentials(), before.decisions()));
    Plan planWas = was.plan();
    Plan planIs = is.plan();
    Map<TaskKey, TaskRecord> reached =
        records.stream()
            .filter(record -> record.outcome() != null)
            .collect(Collectors.toMap(TaskRecord::key, Function.identity()));
    Map<TaskKey, TaskChange> changes =
        new Comparison(checklist, element, was.instances(), is.instances(), reached)
            .changes(planWas, planIs);
    List<TaskChange> tasks = List.copyOf(changes.values());
    String name = ElementRecord.name(element, instance);
    List<Plan.Missing> missing =
        planIs.missing().stream()
            .filter(each -> !planWas.missing().contains(each) && !each.field().equals(name))
            .toList();
    return new ChangeEffect(hash(name, version, value, tasks, missing), tasks, missing);
  }

  /** The comparison of two plans, task by task, with the instances that each is of. */
  private record Comparison(
      Checklist checklist,
      String element,
      Instances was,
      Instances is,
      Map<TaskKey, TaskRecord> reached) {

    Map<TaskKey, TaskChange> changes(Plan planWas, Plan planIs) {
      Map<TaskKey, Plan.Entry> before = entries(planWas);
      Map<TaskKey, TaskChange> changes = new LinkedHashMap<>();
      entries(planIs).forEach((key, now) -> changes.put(key, ruled(key, before.get(key), now)));
      before.keySet().stream()
          .filter(key -> was.has(key) && !changes.containsKey(key))
          .forEach(key -> changes.put(key, change(key, Kind.GONE, InstanceLine.GONE)));
      spread(changes);
      return changes;
    }

    private static Map<TaskKey, Plan.Entry> entries(Plan plan) {
      Map<TaskKey, Plan.Entry> entries = new LinkedHashMap<>();
      plan.entries().stream()
          .filter(entry -> entry.effect() != Effect.PLANNED)
          .forEach(entry -> entries.put(new TaskKey(entry.task(), entry.instance()), entry));
      return entries;
    }

    private TaskChange ruled(TaskKey key, Plan.Entry before, Plan.Entry now) {
      boolean wasToBeDone = before != null && isToBeDone(before.effect());
      boolean isToBeDone = isToBeDone(now.effect());
      if (wasToBeDone && !isToBeDone) {
        Kind kind = now.effect() == Effect.NOT_APPLICABLE ? Kind.NOT_APPLICABLE : Kind.NOT_CHOSEN;
        return change(key, kind, now.rule());
      }
      if (before != null
          && !wasToBeDone
          && now.effect() == Effect.NOT_APPLICABLE
          && before.effect() != now.effect()) {
        return change(key, Kind.NOT_APPLICABLE, now.rule());
      }
      Task task = checklist.task(key.task()).orElseThrow();
      if (!wasToBeDone && isToBeDone) {
        return change(
            key, Kind.NEW, before == null ? "one for each " + task.per() : rule(before, task));
      }
      if (isToBeDone
          && reached.containsKey(key)
          && task.inputs().contains(element)
          && !was.input(element, key).equals(is.input(element, key))) {
        return change(
            key,
            Kind.INVALID,
            "rests on " + checklist.element(element).map(Element::title).orElse(element));
      }
      return change(key, Kind.UNCHANGED, null);
    }

    private String rule(Plan.Entry before, Task task) {
      String rule = task.chosenBy() == null ? task.condition() : task.chosenBy();
      return before.rule() == null ? is.rules().neededIf(rule) : before.rule();
    }

    /** A task that rests on an affected task rests on the change as well. */
    private void spread(Map<TaskKey, TaskChange> changes) {
      boolean grown = true;
      while (grown) {
        grown = false;
        for (Map.Entry<TaskKey, TaskChange> each : List.copyOf(changes.entrySet())) {
          TaskRecord record = reached.get(each.getKey());
          if (each.getValue().effect() != Kind.UNCHANGED
              || record == null
              || isDoneWithout(record)) {
            continue;
          }
          List<String> because =
              is.allDependencies(each.getKey()).stream()
                  .filter(changes::containsKey)
                  .filter(other -> changes.get(other).effect() != Kind.UNCHANGED)
                  .map(TaskKey::toString)
                  .toList();
          if (!because.isEmpty()) {
            changes.put(
                each.getKey(),
                change(each.getKey(), Kind.INVALID, "rests on " + String.join(", ", because)));
            grown = true;
          }
        }
      }
    }

    private TaskChange change(TaskKey key, Kind kind, String rule) {
      Task task = checklist.task(key.task()).orElseThrow();
      TaskRecord record = reached.get(key);
      return new TaskChange(
          key.toString(),
          task.row(),
          task.title(),
          kind,
          record == null ? "PENDING" : record.state(),
          rule);
    }
  }

  private static boolean isDoneWithout(TaskRecord record) {
    return record.outcome().isFinal() && !record.state().equals("DONE");
  }

  private static boolean isToBeDone(Effect effect) {
    return effect == Effect.RUN || effect == Effect.UNDECIDED;
  }

  /** The task's state is left out: it changes all the time, and says nothing of the effect. */
  private static String hash(
      String element,
      long version,
      JsonNode value,
      List<TaskChange> tasks,
      List<Plan.Missing> missing) {
    ObjectNode basis = Json.MAPPER.createObjectNode();
    basis.put("element", element).put("version", version).put("value", Json.hash(value));
    tasks.forEach(task -> basis.put("task:" + task.task(), task.effect() + ":" + task.rule()));
    missing.forEach(each -> basis.put("missing:" + each.field(), true));
    String letters =
        tasks.stream()
            .map(task -> String.valueOf(task.effect().letter))
            .collect(Collectors.joining());
    return Json.hash(basis).substring(0, DIGEST_LENGTH) + "-" + letters;
  }

  /** The differences from the effect whose hash was seen. */
  public List<Difference> since(String seen) {
    int at = seen.indexOf('-');
    String letters = at < 0 ? "" : seen.substring(at + 1);
    // With other instances than were seen, no letter tells which task it was of.
    boolean isOfSameTasks = letters.length() == tasks.size();
    List<Difference> differences = new ArrayList<>();
    for (int i = 0; i < tasks.size(); i++) {
      TaskChange task = tasks.get(i);
      Kind before = isOfSameTasks ? kind(letters.charAt(i)) : null;
      if (before != task.effect()) {
        differences.add(new Difference(task.task(), before, task.effect(), task.rule()));
      }
    }
    return differences;
  }

  private static Kind kind(char letter) {
    for (Kind kind : Kind.values()) {
      if (kind.letter == letter) {
        return kind;
      }
    }
    return null;
  }

  /** Whether a final outcome would not be final any more: a person sees that before it is done. */
  public boolean changesWhatIsFinal() {
    return tasks.stream()
        .anyMatch(task -> task.effect() != Kind.UNCHANGED && !OPEN.contains(task.outcome()));
  }

  /** The tasks that it concerns. */
  public List<TaskKey> concerned() {
    return tasks.stream()
        .filter(task -> task.effect() != Kind.UNCHANGED)
        .map(task -> TaskKey.parse(task.task()))
        .toList();
  }
}
