package dev.slipway.local.asl.task;

/**
 * Performs tasks. The meaning of a resource, and the end of a {@code .sync} task, are known here
 * and not in the interpreter.
 *
 * <p>Both methods are called outside any lock and must not block: long work belongs on a thread of
 * the executor's own. The completion may be answered at any time, also before the method returns.
 * An exception thrown here fails the task with {@code States.TaskFailed}.
 */
public interface TaskExecutor {

  /**
   * Starts a new attempt. The execution's journal has recorded the attempt, token included, before.
   */
  RunningTask start(TaskRequest request, TaskCompletion completion);

  /**
   * Takes up an attempt again that was under way when a snapshot was taken from which the execution
   * has now been restored. Whether it had been started, and perhaps answered, only the executor can
   * know: {@link TaskRequest#id()} is the same as then.
   */
  RunningTask resume(TaskRequest request, TaskCompletion completion);
}
