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
    boolean named = !path.isBlank() && !path.startsWith("@");
    TaskKey key = named ? TaskKey.parse(path) : null;
    // No task of a checklist has instances yet: one that is named does not exist.
    Task task = named && key.instance().isEmpty() ? checklist.task(key.task()).orElse(null) : null;
    if (task == null) {
      throw unknown();
    }
    if (task.planned()) {
      throw Refusal.of(
              409, "task.planned", "The checklist declares this task; it is not built yet.")
          .at("task");
    }
    return new TaskTarget(task, key);
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
