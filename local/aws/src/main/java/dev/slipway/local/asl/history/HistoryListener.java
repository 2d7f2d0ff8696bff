package dev.slipway.local.asl.history;

/**
 * Receives the history of executions. Called in the order of event ids, from one thread at a time
 * per execution, before the execution's journal records the step that the events belong to: a host
 * that keeps both collects events and writes them together with the snapshot.
 */
@FunctionalInterface
public interface HistoryListener {

  /** An event was added. Must not block and must not call the execution. */
  void on(String executionArn, HistoryEvent event);

  /** Keeps no history. */
  static HistoryListener none() {
    return (arn, event) -> {};
  }
}
