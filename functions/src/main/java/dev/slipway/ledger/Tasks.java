package dev.slipway.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Tasks and the attempts at them; {@code SK = TASK#<task>[@<instance>] | ATTEMPT#<task>#<n>}.
 *
 * <p>An attempt claims its task, and commits only while the claim is its own:
 *
 * <pre>{@code
 * TaskRecord before = tasks.of(onboarding, key);
 * tasks.save(onboarding, before, claimed);
 * tasks.commit(onboarding, claimed, committed, Optional.of(attempt), judged, actor);
 * }</pre>
 */
public final class Tasks {
  private static final String TASK = "TASK#";

  private final Items items;
  private final AuditTrail auditTrail;

  /** In the table. */
  public Tasks(Items items) {
    this.items = items;
    this.auditTrail = new AuditTrail(items);
  }

  /** A task; untouched if nobody has touched it. */
  public TaskRecord of(String onboarding, TaskKey key) {
    return items
        .get(Partition.of(onboarding), TASK + key, TaskRecord.class)
        .orElseGet(() -> TaskRecord.untouched(key));
  }

  /**
   * A task as a stream of the table tells it.
   *
   * @param image in DynamoDB's JSON
   */
  public static TaskRecord told(JsonNode image) {
    return Items.told(image, TaskRecord.class);
  }

  /** A task with its onboarding, in one request. */
  public TaskWithin within(String onboarding, TaskKey key) {
    Items.Slice read = items.some(Partition.of(onboarding), List.of(Partition.META, TASK + key));
    return new TaskWithin(
        read.of(Partition.META, Onboarding.class).stream().findFirst(),
        read.of(TASK, TaskRecord.class).stream()
            .findFirst()
            .orElseGet(() -> TaskRecord.untouched(key)));
  }

  /** The tasks that a task waits for, and what people said of its steps, in one request. */
  public TaskGrounds grounds(
      String onboarding, TaskKey key, List<TaskKey> dependencies, List<String> steps) {
    Items.Slice read =
        items.some(
            Partition.of(onboarding),
            Stream.concat(
                    dependencies.stream().map(dependency -> TASK + dependency),
                    steps.stream().map(step -> Answers.key(key, step)))
                .distinct()
                .toList());
    return new TaskGrounds(
        untouchedIfMissing(dependencies, read.of(TASK, TaskRecord.class)),
        read.of(Answers.PREFIX, Answer.class));
  }

  /** These tasks, untouched ones included. */
  public Map<TaskKey, TaskRecord> of(String onboarding, List<TaskKey> keys) {
    List<String> sorts = keys.stream().distinct().map(key -> TASK + key).toList();
    return untouchedIfMissing(keys, items.get(Partition.of(onboarding), sorts, TaskRecord.class));
  }

  private static Map<TaskKey, TaskRecord> untouchedIfMissing(
      List<TaskKey> keys, List<TaskRecord> found) {
    Map<TaskKey, TaskRecord> tasks = new LinkedHashMap<>();
    keys.forEach(key -> tasks.put(key, TaskRecord.untouched(key)));
    found.forEach(task -> tasks.put(task.key(), task));
    return tasks;
  }

  /** All tasks that were touched. */
  public List<TaskRecord> of(String onboarding) {
    return items.list(Partition.of(onboarding), TASK, TaskRecord.class);
  }

  /** The instances of a task that were touched; of a task without instances, itself. */
  public List<TaskRecord> instances(String onboarding, String task) {
    return items.list(Partition.of(onboarding), TASK + task, TaskRecord.class).stream()
        .filter(each -> each.key().task().equals(task))
        .toList();
  }

  /** The tasks of a section that were touched, its gate and its {@code resume} among them. */
  public List<TaskRecord> ofSection(String onboarding, String section) {
    return items.list(Partition.of(onboarding), TASK + section + ".", TaskRecord.class);
  }

  /** Writes a task without a line in the audit trail: for claims and for Wake's own notes. */
  public void save(String onboarding, TaskRecord before, TaskRecord after) {
    items.write(new Transaction(onboarding).task(before, after).writes());
  }

  /**
   * Commits an attempt's outcome: the task, the attempt, the answers it judged and the audit event,
   * all or nothing.
   *
   * @throws LostRaceException if the task or an answer was changed meanwhile, or the onboarding was
   *     signed off and would not rest on this outcome
   */
  public void commit(
      String onboarding,
      TaskRecord before,
      TaskRecord after,
      Optional<Attempt> attempt,
      List<Answer> judged,
      Actor actor) {
    Transaction change = new Transaction(onboarding).task(before, after);
    attempt.ifPresent(made -> change.with(attempt(onboarding, made)));
    for (Answer answer : judged) {
      change.with(Answers.write(onboarding, answer, answer.version() - 1));
    }
    change.with(
        auditTrail.line(
            onboarding,
            actor,
            "task.committed",
            after.key().toString(),
            after.state(),
            after.outcome() instanceof Outcome.Failed failed ? failed.problem().message() : null));
    items.write(change.writes());
  }

  /** The attempts at a task, first one first. */
  public List<Attempt> attempts(String onboarding, TaskKey key) {
    return items.list(Partition.of(onboarding), "ATTEMPT#" + key + "#", Attempt.class);
  }

  /** The attempts at all tasks. */
  public List<Attempt> attempts(String onboarding) {
    return items.list(Partition.of(onboarding), "ATTEMPT#", Attempt.class);
  }

  /** Writes nothing, and only if the task is still as it was read. */
  static Write asSeen(String onboarding, TaskRecord task) {
    return Write.check(Partition.of(onboarding), TASK + task.key(), task.version());
  }

  static Write attempt(String onboarding, Attempt made) {
    return Write.put(
        Partition.of(onboarding),
        String.format(Locale.ROOT, "ATTEMPT#%s#%06d", made.key(), made.number()),
        0,
        Json.tree(made));
  }
}
