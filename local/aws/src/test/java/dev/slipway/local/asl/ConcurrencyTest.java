package dev.slipway.local.asl;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.slipway.local.asl.definition.StateMachine;
import dev.slipway.local.asl.task.RunningTask;
import dev.slipway.local.asl.task.TaskCompletion;
import dev.slipway.local.asl.task.TaskExecutor;
import dev.slipway.local.asl.task.TaskRequest;
import dev.slipway.local.asl.time.SystemTimers;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many executions on many threads, their branches answered at the same time. */
class ConcurrencyTest {
  private static final String DEFINITION =
      """
      {"QueryLanguage": "JSONata", "StartAt": "Each", "States": {
        "Each": {"Type": "Map", "Items": "{% [1..20] %}", "Next": "Sum", "ItemProcessor": {
          "StartAt": "Do", "States": {
            "Do": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke",
                   "Arguments": "{% $states.input * 2 %}", "TimeoutSeconds": 600, "End": true}}}},
        "Sum": {"Type": "Pass", "Output": "{% $reduce($states.input, function($a, $b) { $a + $b }) %}",
                "End": true}}}
      """;

  @Test
  @Timeout(120) // Only a guard against a hang.
  void answersFromManyThreadsAreTakenInTurn() throws Exception {
    InstantSource clock = InstantSource.system();
    StateMachine machine = StateMachine.parse(DEFINITION);
    List<Execution> executions = new ArrayList<>();
    try (SystemTimers timers = new SystemTimers(clock);
        ExecutorService pool = Executors.newFixedThreadPool(8)) {
      Interpreter interpreter = Interpreter.builder(new Echo(pool), clock, timers).build();
      for (int i = 0; i < 200; i++) {
        ExecutionInfo info =
            new ExecutionInfo("arn-" + i, "n", clock.instant(), "role", "machine", "m");
        executions.add(interpreter.start(machine, Scenario.json("{}"), info));
      }
      for (Execution execution : executions) {
        Execution ended = execution.ended().toCompletableFuture().get();
        assertEquals(Scenario.json("420"), ended.output().orElseThrow());
      }
    }
  }

  /** Answers with the arguments, on a thread of the pool. */
  private record Echo(ExecutorService pool) implements TaskExecutor {
    @Override
    public RunningTask start(TaskRequest request, TaskCompletion completion) {
      pool.execute(() -> completion.succeed(request.arguments()));
      return RunningTask.notCancellable();
    }

    @Override
    public RunningTask resume(TaskRequest request, TaskCompletion completion) {
      return start(request, completion);
    }
  }
}
