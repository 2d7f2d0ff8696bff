package dev.slipway.local.asl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.local.asl.task.IntegrationPattern;
import dev.slipway.local.asl.task.RunningTask;
import dev.slipway.local.asl.task.TaskCompletion;
import dev.slipway.local.asl.task.TaskExecutor;
import dev.slipway.local.asl.task.TaskRequest;
import dev.slipway.local.asl.time.SimulatedTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

/** Tokens, answers that come twice or late, and what is cancelled. */
class TaskAnswersTest {
  private static final String CALLBACK =
      """
      {"QueryLanguage": "JSONata", "StartAt": "Do", "States": {"Do": {"Type": "Task", "End": true,
        "Resource": "arn:aws:states:::lambda:invoke.waitForTaskToken",
        "Arguments": {"token": "{% $states.context.Task.Token %}"},
        "Retry": [{"ErrorEquals": ["Recheck"], "BackoffRate": 1, "MaxAttempts": 99999999}]}}}
      """;

  private static boolean counted(CompletionStage<Boolean> stage)
      throws ExecutionException, InterruptedException {
    return stage.toCompletableFuture().get();
  }

  @Test
  void eachAttemptHasItsOwnToken() throws InterruptedException {
    Scenario scenario =
        new Scenario(
            CALLBACK, Map.of("Do", List.of(Scenario.error("Recheck"), Scenario.result("1"))));
    scenario.run("{}");
    TaskRequest first = scenario.requests.get(0);
    TaskRequest second = scenario.requests.get(1);
    assertEquals(IntegrationPattern.WAIT_FOR_TASK_TOKEN, first.pattern());
    assertEquals(first.arguments().get("token").asText(), first.taskToken().orElseThrow());
    assertEquals(second.arguments().get("token").asText(), second.taskToken().orElseThrow());
    assertNotEquals(first.taskToken(), second.taskToken());
    assertEquals(1, second.attempt());
  }

  @Test
  void anAnswerCountsOnce() throws Exception {
    Scenario scenario = new Scenario(CALLBACK, Map.of());
    Execution execution = scenario.start("{}");
    TaskCompletion completion = scenario.completions.values().iterator().next();
    assertTrue(counted(completion.heartbeat()));
    assertTrue(counted(completion.succeed(Scenario.json("{\"done\": 1}"))));
    assertFalse(counted(completion.succeed(Scenario.json("2"))));
    assertFalse(counted(completion.fail("E", "late")));
    assertFalse(counted(completion.heartbeat()));
    assertEquals(ExecutionStatus.SUCCEEDED, execution.status());
    assertTrue(scenario.cancelled.isEmpty());
  }

  @Test
  void theAnswerToAnEarlierAttemptDoesNotCount() throws Exception {
    Scenario scenario = new Scenario(CALLBACK, Map.of());
    Execution execution = scenario.start("{}");
    TaskCompletion first = scenario.completions.values().iterator().next();
    assertTrue(counted(first.fail("Recheck", null)));
    scenario.time.runUntilIdle();
    assertEquals(2, scenario.requests.size());
    assertFalse(counted(first.succeed(Scenario.json("1"))));
    assertEquals(ExecutionStatus.RUNNING, execution.status());
  }

  @Test
  void aFailingBranchCancelsTheTasksOfOthers() throws InterruptedException {
    Scenario scenario =
        new Scenario(
            """
            {"QueryLanguage": "JSONata", "StartAt": "Both", "States": {"Both": {"Type": "Parallel",
              "End": true, "Branches": [
                {"StartAt": "Do", "States": {"Do": {"Type": "Task", "End": true,
                  "Resource": "arn:aws:states:::lambda:invoke.waitForTaskToken"}}},
                {"StartAt": "Bad", "States": {"Bad": {"Type": "Task", "End": true,
                  "Resource": "arn:aws:states:::lambda:invoke"}}}]}}}
            """,
            Map.of("Bad", List.of(Scenario.error("E"))));
    assertEquals("E", scenario.run("{}").error().orElseThrow());
    assertEquals(List.of("Do"), scenario.cancelled);
  }

  @Test
  void aTaskWhoseBranchEndsAtOnceIsNotStarted() throws InterruptedException {
    Scenario scenario =
        new Scenario(
            """
            {"QueryLanguage": "JSONata", "StartAt": "Both", "States": {"Both": {"Type": "Parallel",
              "End": true, "Branches": [
                {"StartAt": "Do", "States": {"Do": {"Type": "Task", "End": true,
                  "Resource": "arn:aws:states:::lambda:invoke"}}},
                {"StartAt": "Bad", "States": {"Bad": {"Type": "Fail", "Error": "E"}}}]}}}
            """,
            Map.of());
    scenario.run("{}");
    assertTrue(scenario.requests.isEmpty());
  }

  @Test
  void stoppingCancelsAndAnswersOnce() throws Exception {
    Scenario scenario = new Scenario(CALLBACK, Map.of());
    Execution execution = scenario.start("{}");
    assertTrue(counted(execution.stop("Operator.Stopped", "enough")));
    assertEquals(ExecutionStatus.ABORTED, execution.status());
    assertEquals("Operator.Stopped", execution.error().orElseThrow());
    assertEquals("enough", execution.cause().orElseThrow());
    assertEquals(List.of("Do"), scenario.cancelled);
    assertFalse(counted(execution.stop(null, null)));
    assertEquals(execution, execution.ended().toCompletableFuture().get());
  }

  @Test
  void anExecutorThatThrowsFailsTheTask() {
    SimulatedTime time = new SimulatedTime(Scenario.START);
    TaskExecutor broken =
        new TaskExecutor() {
          @Override
          public RunningTask start(TaskRequest request, TaskCompletion completion) {
            throw new IllegalStateException("no such resource");
          }

          @Override
          public RunningTask resume(TaskRequest request, TaskCompletion completion) {
            throw new IllegalStateException();
          }
        };
    Scenario scenario = new Scenario(CALLBACK, Map.of());
    ExecutionInfo info = new ExecutionInfo("arn", "n", time.instant(), "role", "machine", "m");
    Execution execution =
        Interpreter.builder(broken, time, time)
            .build()
            .start(scenario.machine, Scenario.json("{}"), info);
    assertEquals("States.TaskFailed", execution.error().orElseThrow());
    assertEquals("no such resource", execution.cause().orElseThrow());
  }

  @Test
  void longChainsOfTasksAnsweredAtOnceDoNotRecurse() {
    SimulatedTime time = new SimulatedTime(Scenario.START);
    List<TaskRequest> requests = new ArrayList<>();
    TaskExecutor immediate =
        new TaskExecutor() {
          @Override
          public RunningTask start(TaskRequest request, TaskCompletion completion) {
            requests.add(request);
            completion.succeed(Scenario.json(String.valueOf(requests.size())));
            return RunningTask.notCancellable();
          }

          @Override
          public RunningTask resume(TaskRequest request, TaskCompletion completion) {
            return start(request, completion);
          }
        };
    Scenario scenario =
        new Scenario(
            """
            {"QueryLanguage": "JSONata", "StartAt": "Do", "States": {
              "Do": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Next": "More"},
              "More": {"Type": "Choice", "Default": "Done",
                "Choices": [{"Condition": "{% $states.input < 3000 %}", "Next": "Do"}]},
              "Done": {"Type": "Succeed"}}}
            """,
            Map.of());
    ExecutionInfo info = new ExecutionInfo("arn", "n", time.instant(), "role", "machine", "m");
    Execution execution =
        Interpreter.builder(immediate, time, time)
            .build()
            .start(scenario.machine, Scenario.json("0"), info);
    assertEquals(Scenario.json("3000"), execution.output().orElseThrow());
  }
}
