package dev.slipway.plan;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.checklist.Checklist;
import dev.slipway.checklist.Task;
import dev.slipway.json.Json;
import dev.slipway.ledger.TaskKey;
import dev.slipway.ledger.TaskRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What another value of an element would do to the tasks. Working it out changes nothing.
 *
 * @param hash of all this, to be named by whoever applies it. Its end tells the kinds, so that a
 *     stale one can be compared with the present effect although nobody kept it
 * @param tasks one for each task that is built, in the checklist's order
 * @param missing what would be asked for that is not asked for now
 */
public record ChangeEffect(String hash, List<TaskChange> tasks, List<Plan.Missing> missing) {
  private static final int DIGEST_LENGTH = 32;
  private static final Set<String> OPEN = Set.of("PENDING", "WAITING", "FAILED");

  public ChangeEffect {
    tasks = List.copyOf(tasks);
    missing = List.copyOf(missing);
  }

  /** What becomes of a task. */
  public enum Kind {
    /** What was found rests on the old value: it is performed again. */
    INVALID('I'),
    /** It was not to be done and now is. */
    NEW('N'),
    /** A rule says that it does not apply any more. */
    NOT_APPLICABLE('A'),
    /** It is optional and not chosen any more. */
    NOT_CHOSEN('C'),
    /** Nothing of what was found rests on it; what was not reached yet reads the new value. */
    UNCHANGED('U');

    private final char letter;

    Kind(char letter) {
      this.letter = letter;
    }
  }

  /**
   * What becomes of one task.
   *
   * @param outcome where it stands now
   * @param rule what says so; null for what is unchanged
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record TaskChange(
      String task, String row, String title, Kind effect, String outcome, String rule) {}

  /**
   * A task with which something else would happen than was seen.
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
   * @param version the version of the element that the value would replace; 0: none
   * @param value the new value
   * @param before what a plan is made from now
   * @param records the tasks that were touched
   */
  public static ChangeEffect of(
      Checklist checklist,
      String element,
      long version,
      JsonNode value,
      PlanInput before,
      List<TaskRecord> records) {
    ObjectNode elements = before.elements().deepCopy();
    elements.set(element, value);
    PlanInput after = new PlanInput(elements, before.validCredentials(), before.decisions());
    Plan was = new Planner(checklist, before).plan();
    Plan is = new Planner(checklist, after).plan();
    Map<String, TaskRecord> reached =
        records.stream()
            .filter(record -> record.outcome() != null && record.key().instance().isEmpty())
            .collect(Collectors.toMap(record -> record.key().task(), Function.identity()));
    Map<String, TaskChange> changes = new LinkedHashMap<>();
    for (int i = 0; i < is.entries().size(); i++) {
      Plan.Entry now = is.entries().get(i);
      if (now.effect() != Effect.PLANNED) {
        Task task = checklist.task(now.task()).orElseThrow();
        changes.put(
            task.id(), ruled(task, was.entries().get(i), now, reached.get(task.id()), element));
      }
    }
    spread(checklist, changes, reached);
    List<TaskChange> tasks = List.copyOf(changes.values());
    List<Plan.Missing> missing =
        is.missing().stream()
            .filter(each -> !was.missing().contains(each) && !each.field().equals(element))
            .toList();
    return new ChangeEffect(hash(element, version, value, tasks, missing), tasks, missing);
  }

  private static TaskChange ruled(
      Task task, Plan.Entry was, Plan.Entry now, TaskRecord record, String element) {
    boolean wasToBeDone = isToBeDone(was.effect());
    boolean isToBeDone = isToBeDone(now.effect());
    if (wasToBeDone && !isToBeDone) {
      Kind kind = now.effect() == Effect.NOT_APPLICABLE ? Kind.NOT_APPLICABLE : Kind.NOT_CHOSEN;
      return change(task, kind, record, now.rule());
    }
    if (!wasToBeDone && now.effect() == Effect.NOT_APPLICABLE && was.effect() != now.effect()) {
      return change(task, Kind.NOT_APPLICABLE, record, now.rule());
    }
    if (!wasToBeDone && isToBeDone) {
      String rule = task.chosenBy() == null ? task.condition() : task.chosenBy();
      return change(task, Kind.NEW, record, Objects.requireNonNullElse(was.rule(), rule));
    }
    if (isToBeDone && record != null && task.inputs().contains(element)) {
      return change(task, Kind.INVALID, record, "reads " + element);
    }
    return change(task, Kind.UNCHANGED, record, null);
  }

  /** What rests on a task with which something happens rests on the change as well. */
  private static void spread(
      Checklist checklist, Map<String, TaskChange> changes, Map<String, TaskRecord> reached) {
    boolean grown = true;
    while (grown) {
      grown = false;
      for (TaskChange change : List.copyOf(changes.values())) {
        Task task = checklist.task(change.task()).orElseThrow();
        TaskRecord record = reached.get(task.id());
        if (change.effect() != Kind.UNCHANGED || record == null || isDoneWithout(record)) {
          continue;
        }
        List<String> because =
            task.dependsOn().stream()
                .filter(changes::containsKey)
                .filter(id -> changes.get(id).effect() != Kind.UNCHANGED)
                .toList();
        if (!because.isEmpty()) {
          changes.put(
              task.id(),
              change(task, Kind.INVALID, record, "rests on " + String.join(", ", because)));
          grown = true;
        }
      }
    }
  }

  private static boolean isDoneWithout(TaskRecord record) {
    return record.outcome().isFinal() && !record.state().equals("DONE");
  }

  private static boolean isToBeDone(Effect effect) {
    return effect == Effect.RUN || effect == Effect.UNDECIDED;
  }

  private static TaskChange change(Task task, Kind kind, TaskRecord record, String rule) {
    return new TaskChange(
        task.id(),
        task.row(),
        task.title(),
        kind,
        record == null ? "PENDING" : record.state(),
        rule);
  }

  /** Where a task stands is left out: that changes all the time, and says nothing of the effect. */
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

  /** What would happen otherwise than in the effect whose hash was seen. */
  public List<Difference> since(String seen) {
    int at = seen.indexOf('-');
    String letters = at < 0 ? "" : seen.substring(at + 1);
    List<Difference> differences = new ArrayList<>();
    for (int i = 0; i < tasks.size(); i++) {
      TaskChange task = tasks.get(i);
      Kind before = i < letters.length() ? kind(letters.charAt(i)) : null;
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

  /** Whether something that is final would not be any more: that is seen before it is done. */
  public boolean changesWhatIsFinal() {
    return tasks.stream()
        .anyMatch(task -> task.effect() != Kind.UNCHANGED && !OPEN.contains(task.outcome()));
  }

  /** The tasks that it concerns. */
  public List<TaskKey> concerned() {
    return tasks.stream()
        .filter(task -> task.effect() != Kind.UNCHANGED)
        .map(task -> new TaskKey(task.task(), ""))
        .toList();
  }
}
