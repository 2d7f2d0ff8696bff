package dev.slipway.api;

import dev.slipway.checklist.Checklist;
import dev.slipway.checklist.Task;
import dev.slipway.ledger.TaskKey;
import dev.slipway.ledger.TaskRecord;

/** The checklist task that a path names. */
record TaskTarget(Task task, TaskKey key) {
  /**
   * The task, which must be built.
   *
   * @throws Refusal 404 if the checklist has no such task, 409 if it is only declared yet
   */
  static TaskTarget of(Checklist checklist, String path) {
    Task task = path.isBlank() ? null : checklist.task(TaskKey.parse(path).task()).orElse(null);
    // No task of a checklist has instances yet: one that is named does not exist.
    if (task == null || !TaskKey.parse(path).instance().isEmpty()) {
      throw unknown();
    }
    if (task.planned()) {
      throw Refusal.of(
              409, "task.planned", "The checklist declares this task; it is not built yet.")
          .at("task");
    }
    return new TaskTarget(task, TaskKey.parse(path));
  }

  static Refusal unknown() {
    return Refusal.notFound("task.unknown", "task", "The checklist has no such task.");
  }

  /** Refuses if nothing is left to be done or to be decided. */
  static void requireOpen(TaskRecord record) {
    if (record.isSettledFinally()) {
      throw Refusal.of(409, "task.final", "The task is " + record.state() + " already.")
          .at("task")
          .with("outcome", record.state());
    }
  }
}
