package dev.slipway.local.asl.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.local.asl.Execution;
import dev.slipway.local.asl.ExecutionInfo;
import dev.slipway.local.asl.ExecutionStatus;
import dev.slipway.local.asl.Interpreter;
import dev.slipway.local.asl.definition.StateMachine;
import dev.slipway.local.asl.history.HistoryListener;
import dev.slipway.local.asl.task.RunningTask;
import dev.slipway.local.asl.task.TaskCompletion;
import dev.slipway.local.asl.task.TaskExecutor;
import dev.slipway.local.asl.task.TaskRequest;
import dev.slipway.local.asl.time.SystemTimers;
import java.io.IOException;
import java.io.PrintStream;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;

/**
 * A plain harness: no forks, a warm-up of the same length, medians of several rounds. Its figures
 * are for comparing one version with the next on the same machine.
 */
public final class InterpreterBenchmark {
  private static final int ROUNDS = 5;
  private static final int EXECUTIONS_PER_ROUND = 40;
  private static final int LOOPS = 2_000;
  private static final int WAITING = 20_000;
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String CHAIN =
      """
      {"QueryLanguage": "JSONata", "StartAt": "Init", "States": {
        "Init": {"Type": "Pass", "Assign": {"n": 0}, "Next": "Count"},
        "Count": {"Type": "Pass", "Assign": {"n": "{% $n + 1 %}"}, "Next": "Shape"},
        "Shape": {"Type": "Pass", "Output": {"id": "{% $states.input.id %}", "n": "{% $n %}"},
                  "Next": "Enough"},
        "Enough": {"Type": "Choice", "Default": "Done",
                   "Choices": [{"Condition": "{% $n < $states.context.Execution.Input.loops %}",
                                "Next": "Count"}]},
        "Done": {"Type": "Succeed"}}}
      """;

  private static final String WAIT =
      """
      {"QueryLanguage": "JSONata", "StartAt": "Remember", "States": {
        "Remember": {"Type": "Pass", "Assign": {"onboardingId": "{% $states.input.id %}", "run": 1},
                     "Next": "Ask"},
        "Ask": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke.waitForTaskToken",
                "Arguments": {"FunctionName": "arn:aws:lambda:eu-west-1:111111111111:function:Ask",
                              "Payload": {"onboardingId": "{% $onboardingId %}", "run": "{% $run %}",
                                          "entered": "{% $states.context.State.EnteredTime %}",
                                          "taskToken": "{% $states.context.Task.Token %}"}},
                "TimeoutSeconds": 2592000, "End": true}}}
      """;

  private final LongAdder events = new LongAdder();

  private InterpreterBenchmark() {}

  /** Runs all of it; takes about a minute. */
  public static void main(String[] arguments)
      throws InterruptedException, ExecutionException, IOException {
    report(System.out);
  }

  /** Runs all of it and prints a line for each figure. */
  public static void report(PrintStream out)
      throws InterruptedException, ExecutionException, IOException {
    new InterpreterBenchmark().measure(out);
  }

  private void measure(PrintStream out)
      throws InterruptedException, ExecutionException, IOException {
    int threads = Math.min(2, Runtime.getRuntime().availableProcessors());
    InstantSource clock = InstantSource.system();
    try (SystemTimers timers = new SystemTimers(clock);
        ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      Interpreter bare = Interpreter.builder(new Silent(), clock, timers).build();
      HistoryListener counting = (arn, event) -> events.increment();
      Interpreter listened =
          Interpreter.builder(new Silent(), clock, timers).history(counting).build();
      out.printf(
          "transitions/s, no history listener, %d threads: %,d%n", threads, rate(bare, pool));
      out.printf(
          "transitions/s, history listened to, %d threads: %,d%n", threads, rate(listened, pool));
      out.printf("bytes per waiting execution: %,d%n", bytesPerWaiting(bare));
    }
  }

  private static long rate(Interpreter interpreter, ExecutorService pool)
      throws InterruptedException, ExecutionException, IOException {
    StateMachine machine = StateMachine.parse(CHAIN);
    List<Long> rates = new ArrayList<>();
    for (int round = -ROUNDS; round < ROUNDS; round++) {
      long start = System.nanoTime();
      List<Future<Execution>> running = new ArrayList<>();
      for (int i = 0; i < EXECUTIONS_PER_ROUND; i++) {
        ExecutionInfo info = info("benchmark-" + round + "-" + i);
        JsonNode input = JSON.createObjectNode().put("id", "onboarding-" + i).put("loops", LOOPS);
        running.add(pool.submit(() -> interpreter.start(machine, input, info)));
      }
      for (Future<Execution> execution : running) {
        check(execution.get());
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      long transitions = (long) EXECUTIONS_PER_ROUND * (2 + 3L * LOOPS);
      if (round >= 0) {
        rates.add((long) (transitions / seconds));
      }
    }
    return rates.stream().sorted().toList().get(ROUNDS / 2);
  }

  private static void check(Execution execution) {
    if (execution.status() != ExecutionStatus.SUCCEEDED) {
      throw new IllegalStateException(execution.status() + ": " + execution.cause());
    }
  }

  private static ExecutionInfo info(String name) {
    String arn = "arn:aws:states:eu-west-1:111111111111:";
    return new ExecutionInfo(
        arn + "execution:benchmark:" + name,
        name,
        InstantSource.system().instant(),
        "arn:aws:iam::111111111111:role/benchmark",
        arn + "stateMachine:benchmark",
        "benchmark");
  }

  private static long bytesPerWaiting(Interpreter interpreter) throws InterruptedException {
    StateMachine machine = StateMachine.parse(WAIT);
    List<Execution> waiting = new ArrayList<>(WAITING);
    long before = Heap.used();
    for (int i = 0; i < WAITING; i++) {
      JsonNode input = JSON.createObjectNode().put("id", "onboarding-" + i);
      waiting.add(interpreter.start(machine, input, info("waiting-" + i)));
    }
    long used = Heap.used() - before;
    for (Execution execution : waiting) {
      execution.stop(null, null);
    }
    return used / WAITING;
  }

  /** Never answers. */
  private static final class Silent implements TaskExecutor {
    @Override
    public RunningTask start(TaskRequest request, TaskCompletion completion) {
      return RunningTask.notCancellable();
    }

    @Override
    public RunningTask resume(TaskRequest request, TaskCompletion completion) {
      return RunningTask.notCancellable();
    }
  }
}
