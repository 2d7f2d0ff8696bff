package dev.slipway.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.slipway.checklist.Checklist;
import dev.slipway.checklist.Instances;
import dev.slipway.checklist.Task;
import dev.slipway.ledger.TaskKey;
import dev.slipway.ledger.TaskRecord;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A row's instance that is tried in one environment before the other: both, side by side. One that
 * has no twin has no such line.
 *
 * @param instance the axes that both share: {@code xero} of {@code uat.xero} and {@code
 *     production.xero}; empty where they differ in all
 * @param from the one that is tried first
 * @param to the one that waits for it
 */
public record PromotionLine(
    String row, String task, String title, String instance, Side from, Side to) {

  /**
   * One of the two.
   *
   * @param outcome {@code PENDING} before it was reached
   * @param at when it came to that; null before it was reached
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Side(String instance, String outcome, Instant at) {
    private static Side of(TaskRecord record) {
      return new Side(
          record.key().instance(),
          record.outcome() == null ? "PENDING" : record.outcome().state(),
          record.outcome() == null ? null : record.outcomeAt());
    }
  }

  /** All lines, in the checklist's order. */
  public static List<PromotionLine> of(Instances instances, Map<TaskKey, TaskRecord> records) {
    return instances
        .checklist()
        .tasks()
        .filter(task -> !task.planned() && task.promote() != null)
        .flatMap(
            task ->
                instances.of(task).stream()
                    .flatMap(
                        key ->
                            instances.twin(key).stream()
                                .map(twin -> line(instances, records, task, twin, key))))
        .toList();
  }

  private static PromotionLine line(
      Instances instances, Map<TaskKey, TaskRecord> records, Task task, TaskKey twin, TaskKey key) {
    Checklist checklist = instances.checklist();
    Map<String, String> shared = new LinkedHashMap<>(instances.at(key));
    shared.remove(checklist.promotion().axis());
    return new PromotionLine(
        task.row(),
        task.id(),
        task.title(),
        String.join(".", shared.values()),
        Side.of(records.getOrDefault(twin, TaskRecord.untouched(twin))),
        Side.of(records.getOrDefault(key, TaskRecord.untouched(key))));
  }

  /** The title, with what both share. */
  public String name() {
    return TaskKey.named(title, instance);
  }
}
