package dev.slipway.checklist;

import dev.slipway.ledger.Outcome;
import dev.slipway.ledger.TaskKey;
import dev.slipway.ledger.TaskRecord;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * One line of a list of tasks, such as a report: an instance of a task, or the task itself where it
 * has none.
 *
 * @param why what there is to say of the kind; null of one that is part of the onboarding
 */
public record InstanceLine(TaskKey key, Kind kind, String why) {
  /** Why an instance of before is not performed any more. */
  public static final String GONE = "is no longer part of the onboarding";

  /** The kinds of lines. */
  public enum Kind {
    /** An instance of the onboarding, or a task that has no instances. */
    PART,
    /** An instance that the elements named once, and that was reached or asked for meanwhile. */
    NO_LONGER_PART,
    /** A task that has no instance. */
    NONE,
    /** A task whose instances are not known yet. */
    AWAITED
  }

  /**
   * The lines of a task: its instances in their order, then those that are no longer part. A task
   * that has neither is one line.
   *
   * @param touched the tasks that the ledger has a record of
   */
  public static List<InstanceLine> of(Instances instances, Task task, Collection<TaskKey> touched) {
    List<TaskKey> part = instances.of(task);
    List<String> awaited = instances.awaited(task);
    List<InstanceLine> lines =
        Stream.concat(
                part.stream().map(key -> new InstanceLine(key, Kind.PART, null)),
                touched.stream()
                    .filter(key -> key.task().equals(task.id()) && !part.contains(key))
                    .sorted(Comparator.comparing(TaskKey::instance))
                    .map(key -> touched(key, awaited)))
            .toList();
    return lines.isEmpty() ? List.of(without(instances, task, awaited)) : lines;
  }

  /** While nobody can say which instances there are, none is gone. */
  private static InstanceLine touched(TaskKey key, List<String> awaited) {
    return awaited.isEmpty()
        ? new InstanceLine(key, Kind.NO_LONGER_PART, GONE)
        : new InstanceLine(key, Kind.PART, null);
  }

  private static InstanceLine without(Instances instances, Task task, List<String> awaited) {
    TaskKey key = new TaskKey(task.id(), "");
    return awaited.isEmpty()
        ? new InstanceLine(key, Kind.NONE, instances.none(task))
        : new InstanceLine(
            key,
            Kind.AWAITED,
            "one for each %s, once `%s` is given"
                .formatted(task.per(), String.join("`, `", awaited)));
  }

  /** The outcome of the line; null before its first, and while its instances are awaited. */
  public Outcome outcome(TaskRecord record) {
    return kind == Kind.NONE ? new Outcome.NotApplicable(why) : record.outcome();
  }

  /** Whether the line is of a task, and of no instance of it. */
  public boolean isOfNoInstance() {
    return kind == Kind.NONE || kind == Kind.AWAITED;
  }
}
