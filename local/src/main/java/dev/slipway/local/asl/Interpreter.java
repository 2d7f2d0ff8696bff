package dev.slipway.local.asl;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.local.asl.definition.StateMachine;
import dev.slipway.local.asl.history.HistoryListener;
import dev.slipway.local.asl.task.TaskExecutor;
import dev.slipway.local.asl.task.TaskTokens;
import dev.slipway.local.asl.time.Timers;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/**
 * Runs state machines. It has no threads of its own: an execution moves on the thread that starts
 * it, answers one of its tasks, or runs one of its timers, until it waits again.
 */
public final class Interpreter {

  private Interpreter(Builder builder) {
    throw new UnsupportedOperationException(builder.toString());
  }

  /**
   * Starts an execution, which takes its first steps on this thread.
   *
   * @param input any JSON value
   */
  public Execution start(StateMachine stateMachine, JsonNode input, ExecutionInfo info) {
    throw new UnsupportedOperationException(stateMachine + " " + input + " " + info);
  }

  /**
   * Brings back an execution from a snapshot. Timers run again (what has become due meanwhile, at
   * once) and each open task is handed to {@link TaskExecutor#resume}.
   *
   * @param stateMachine the definition that the execution was started with
   */
  public Execution restore(StateMachine stateMachine, JsonNode snapshot) {
    throw new UnsupportedOperationException(stateMachine + " " + snapshot);
  }

  /** An interpreter needs a task executor, a clock and timers; the rest has defaults. */
  public static Builder builder(TaskExecutor tasks, InstantSource clock, Timers timers) {
    return new Builder(tasks, clock, timers);
  }

  /** Collects what an interpreter works with. */
  public static final class Builder {
    private Builder(TaskExecutor tasks, InstantSource clock, Timers timers) {
      throw new UnsupportedOperationException(tasks + " " + clock + timers);
    }

    /** Default: none is kept. */
    public Builder history(HistoryListener listener) {
      throw new UnsupportedOperationException(listener.toString());
    }

    /** Default: nothing is kept. */
    public Builder journal(ExecutionJournal journal) {
      throw new UnsupportedOperationException(journal.toString());
    }

    /** Default: 32 random bytes. */
    public Builder tokens(TaskTokens tokens) {
      throw new UnsupportedOperationException(tokens.toString());
    }

    /** For jitter and {@code $random}, {@code $uuid}; default: unpredictable. */
    public Builder random(RandomGenerator random) {
      throw new UnsupportedOperationException(random.toString());
    }

    /** Default: the service's. */
    public Builder limits(Limits limits) {
      throw new UnsupportedOperationException(limits.toString());
    }

    public Interpreter build() {
      return new Interpreter(this);
    }
  }
}
