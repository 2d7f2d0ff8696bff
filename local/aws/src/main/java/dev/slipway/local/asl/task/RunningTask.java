package dev.slipway.local.asl.task;

/** A task that was started. */
@FunctionalInterface
public interface RunningTask {

  /**
   * The execution no longer waits for this task: it timed out, a sibling failed, or the execution
   * was stopped. Never called after an answer was accepted. A later answer is ignored.
   */
  void cancel();

  /** A task for which nothing needs to be done when it is no longer awaited. */
  static RunningTask notCancellable() {
    return () -> {};
  }
}
