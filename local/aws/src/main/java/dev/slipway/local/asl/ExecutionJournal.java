package dev.slipway.local.asl;

/**
 * Lets a host keep executions beyond the life of the process.
 *
 * <p>Called at each durable point: when an execution has taken all steps it can for now, and before
 * anything that follows from them is seen outside (tasks started or cancelled, answers
 * acknowledged). A host that writes {@link Execution#snapshot()} away here and hands it to {@link
 * Interpreter#restore} after a crash gets back all waits, with their tokens and deadlines; a task
 * may then be resumed that was never started, but none is started unrecorded.
 */
@FunctionalInterface
public interface ExecutionJournal {

  /**
   * Records the state of an execution, its end included. May block; called from one thread at a
   * time per execution. An exception is passed on to the caller that made the execution move; its
   * consequences (tasks, answers) are held back until the execution moves again and is recorded.
   */
  void record(Execution execution);

  /** Keeps nothing. */
  static ExecutionJournal none() {
    return execution -> {};
  }
}
