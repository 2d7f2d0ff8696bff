package dev.slipway.local.asl;

import dev.slipway.local.asl.definition.ErrorNames;
import dev.slipway.local.asl.task.TaskExecutor;

/** Hands an attempt to the executor, once the journal has it. */
record StartTask(TaskExecutor tasks, TaskWait attempt, boolean again) implements Runnable {

  @Override
  public void run() {
    if (attempt.cancelled) {
      return;
    }
    try {
      attempt.running =
          again ? tasks.resume(attempt.request, attempt) : tasks.start(attempt.request, attempt);
    } catch (RuntimeException e) {
      attempt.fail(ErrorNames.TASK_FAILED, String.valueOf(e.getMessage()));
    }
  }
}
