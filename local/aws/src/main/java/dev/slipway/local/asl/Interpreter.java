package dev.slipway.local.asl;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.local.asl.definition.ErrorNames;
import dev.slipway.local.asl.definition.StateMachine;
import dev.slipway.local.asl.expression.QueryFunctions;
import dev.slipway.local.asl.history.HistoryListener;
import dev.slipway.local.asl.task.TaskExecutor;
import dev.slipway.local.asl.task.TaskTokens;
import dev.slipway.local.asl.time.Timers;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Base64;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * Runs state machines. It has no threads of its own: an execution moves on the thread that starts
 * it, answers one of its tasks, or runs one of its timers, until it waits again.
 */
public final class Interpreter {
  private final Ports ports;

  private Interpreter(Ports ports) {
    this.ports = ports;
  }

  /**
   * Starts an execution, which takes its first steps on this thread.
   *
   * @param input any JSON value
   */
  public Execution start(StateMachine stateMachine, JsonNode input, ExecutionInfo info) {
    return start(stateMachine, input, info, ignored -> {});
  }

  /**
   * As {@link #start(StateMachine, JsonNode, ExecutionInfo)}.
   *
   * @param known is shown the execution when it has begun, so that it can be stopped before it
   *     waits
   */
  public Execution start(
      StateMachine stateMachine, JsonNode input, ExecutionInfo info, Consumer<Execution> known) {
    RunningExecution execution = new RunningExecution(ports, stateMachine, input, info);
    execution.begin(() -> known.accept(execution));
    return execution;
  }

  /**
   * Brings back an execution from a snapshot. Timers run again (what has become due meanwhile, at
   * once) and each open task is handed to {@link TaskExecutor#resume}.
   *
   * @param stateMachine the definition that the execution was started with
   */
  public Execution restore(StateMachine stateMachine, JsonNode snapshot) {
    RunningExecution execution = new SnapshotReader(ports, stateMachine).read(snapshot);
    execution.resume();
    return execution;
  }

  /** An interpreter needs a task executor, a clock and timers; the rest has defaults. */
  public static Builder builder(TaskExecutor tasks, InstantSource clock, Timers timers) {
    return new Builder(tasks, clock, timers);
  }

  /** Collects what an interpreter works with. */
  public static final class Builder {
    private final TaskExecutor tasks;
    private final InstantSource clock;
    private final Timers timers;
    private HistoryListener history = HistoryListener.none();
    private ExecutionJournal journal = ExecutionJournal.none();
    private RandomGenerator random = new SecureRandom();
    private TaskTokens tokens = Builder::randomToken;
    private Limits limits = Limits.ofService();
    private String heartbeatError = ErrorNames.TIMEOUT;

    private Builder(TaskExecutor tasks, InstantSource clock, Timers timers) {
      this.tasks = tasks;
      this.clock = clock;
      this.timers = timers;
    }

    private static String randomToken(String taskId) {
      byte[] bytes = new byte[32];
      new SecureRandom().nextBytes(bytes);
      return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Default: none is kept. */
    public Builder history(HistoryListener listener) {
      this.history = listener;
      return this;
    }

    /** Default: nothing is kept. */
    public Builder journal(ExecutionJournal journal) {
      this.journal = journal;
      return this;
    }

    /** Default: 32 random bytes. */
    public Builder tokens(TaskTokens tokens) {
      this.tokens = tokens;
      return this;
    }

    /** For jitter and {@code $random}, {@code $uuid}; default: unpredictable. */
    public Builder random(RandomGenerator random) {
      this.random = random;
      return this;
    }

    /** Default: the service's. */
    public Builder limits(Limits limits) {
      this.limits = limits;
      return this;
    }

    /**
     * The name under which a missed heartbeat is reported: the service has been recorded with
     * {@code States.Timeout} (the default) and documents {@code States.HeartbeatTimeout}. Retriers
     * and catchers match either name in any case.
     */
    public Builder heartbeatError(String error) {
      this.heartbeatError = error;
      return this;
    }

    public Interpreter build() {
      return new Interpreter(
          new Ports(
              tasks,
              clock,
              timers,
              history,
              journal,
              tokens,
              random,
              limits,
              heartbeatError,
              new QueryFunctions(clock, random)));
    }
  }
}
