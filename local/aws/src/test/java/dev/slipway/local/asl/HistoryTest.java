package dev.slipway.local.asl;

import static dev.slipway.local.asl.history.HistoryEventType.CHOICE_STATE_ENTERED;
import static dev.slipway.local.asl.history.HistoryEventType.CHOICE_STATE_EXITED;
import static dev.slipway.local.asl.history.HistoryEventType.EVALUATION_FAILED;
import static dev.slipway.local.asl.history.HistoryEventType.EXECUTION_FAILED;
import static dev.slipway.local.asl.history.HistoryEventType.EXECUTION_STARTED;
import static dev.slipway.local.asl.history.HistoryEventType.EXECUTION_SUCCEEDED;
import static dev.slipway.local.asl.history.HistoryEventType.FAIL_STATE_ENTERED;
import static dev.slipway.local.asl.history.HistoryEventType.LAMBDA_FUNCTION_SCHEDULED;
import static dev.slipway.local.asl.history.HistoryEventType.LAMBDA_FUNCTION_STARTED;
import static dev.slipway.local.asl.history.HistoryEventType.LAMBDA_FUNCTION_SUCCEEDED;
import static dev.slipway.local.asl.history.HistoryEventType.MAP_ITERATION_FAILED;
import static dev.slipway.local.asl.history.HistoryEventType.MAP_ITERATION_STARTED;
import static dev.slipway.local.asl.history.HistoryEventType.MAP_ITERATION_SUCCEEDED;
import static dev.slipway.local.asl.history.HistoryEventType.MAP_STATE_ENTERED;
import static dev.slipway.local.asl.history.HistoryEventType.MAP_STATE_FAILED;
import static dev.slipway.local.asl.history.HistoryEventType.MAP_STATE_STARTED;
import static dev.slipway.local.asl.history.HistoryEventType.PARALLEL_STATE_ENTERED;
import static dev.slipway.local.asl.history.HistoryEventType.PARALLEL_STATE_EXITED;
import static dev.slipway.local.asl.history.HistoryEventType.PARALLEL_STATE_FAILED;
import static dev.slipway.local.asl.history.HistoryEventType.PARALLEL_STATE_STARTED;
import static dev.slipway.local.asl.history.HistoryEventType.PARALLEL_STATE_SUCCEEDED;
import static dev.slipway.local.asl.history.HistoryEventType.PASS_STATE_ENTERED;
import static dev.slipway.local.asl.history.HistoryEventType.PASS_STATE_EXITED;
import static dev.slipway.local.asl.history.HistoryEventType.SUCCEED_STATE_ENTERED;
import static dev.slipway.local.asl.history.HistoryEventType.SUCCEED_STATE_EXITED;
import static dev.slipway.local.asl.history.HistoryEventType.TASK_FAILED;
import static dev.slipway.local.asl.history.HistoryEventType.TASK_SCHEDULED;
import static dev.slipway.local.asl.history.HistoryEventType.TASK_STARTED;
import static dev.slipway.local.asl.history.HistoryEventType.TASK_STATE_ENTERED;
import static dev.slipway.local.asl.history.HistoryEventType.TASK_STATE_EXITED;
import static dev.slipway.local.asl.history.HistoryEventType.TASK_SUBMITTED;
import static dev.slipway.local.asl.history.HistoryEventType.TASK_SUBMIT_FAILED;
import static dev.slipway.local.asl.history.HistoryEventType.TASK_SUCCEEDED;
import static dev.slipway.local.asl.history.HistoryEventType.WAIT_STATE_ABORTED;
import static dev.slipway.local.asl.history.HistoryEventType.WAIT_STATE_ENTERED;
import static dev.slipway.local.asl.history.HistoryEventType.WAIT_STATE_EXITED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.local.asl.history.HistoryEvent;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Events as the API has them. */
class HistoryTest {

  @Test
  void tellsATaskWithRetryAndCatch() throws InterruptedException {
    Scenario scenario =
        new Scenario(
            """
            {"QueryLanguage": "JSONata", "StartAt": "Do", "States": {
              "Do": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Next": "After",
                "Arguments": {"FunctionName": "f"}, "TimeoutSeconds": 60, "HeartbeatSeconds": 5,
                "Credentials": {"RoleArn": "arn:aws:iam::111111111111:role/x"},
                "Retry": [{"ErrorEquals": ["Busy"], "MaxAttempts": 1}],
                "Catch": [{"ErrorEquals": ["States.ALL"], "Assign": {"e": 1}, "Next": "After"}]},
              "After": {"Type": "Succeed"}}}
            """,
            Map.of("Do", List.of(Scenario.error("Busy"), Scenario.error("Busy"))));
    scenario.run("{\"n\": 1}");
    assertEquals(
        List.of(
            EXECUTION_STARTED,
            TASK_STATE_ENTERED,
            TASK_SCHEDULED,
            TASK_STARTED,
            TASK_FAILED,
            TASK_SCHEDULED,
            TASK_STARTED,
            TASK_FAILED,
            TASK_STATE_EXITED,
            SUCCEED_STATE_ENTERED,
            SUCCEED_STATE_EXITED,
            EXECUTION_SUCCEEDED),
        scenario.eventTypes());
    for (HistoryEvent event : scenario.events) {
      assertEquals(event.id() - 1, event.previousId());
    }
    assertEquals(
        Scenario.json(
            """
            {"resourceType": "lambda", "resource": "invoke", "region": "eu-west-1",
             "parameters": "{\\"FunctionName\\":\\"f\\"}", "timeoutInSeconds": 60,
             "heartbeatInSeconds": 5,
             "taskCredentials": {"roleArn": "arn:aws:iam::111111111111:role/x"}}
            """),
        Scenario.json(scenario.events.get(2).details().toString()));
    JsonNode exited = scenario.events.get(8).toJson();
    assertEquals("TaskStateExited", exited.get("type").asText());
    assertEquals(
        Scenario.json("{\"e\": \"1\"}"),
        exited.get("stateExitedEventDetails").get("assignedVariables"));
  }

  @Test
  void tellsCallbacksLambdasAndFailedSubmissions() throws InterruptedException {
    Scenario scenario =
        new Scenario(
            """
            {"QueryLanguage": "JSONata", "StartAt": "Call", "States": {
              "Call": {"Type": "Task", "Next": "Own", "TimeoutSeconds": 9,
                "Resource": "arn:aws:states:::aws-sdk:sqs:sendMessage.waitForTaskToken",
                "Retry": [{"ErrorEquals": ["States.ALL"]}]},
              "Own": {"Type": "Task", "End": true,
                "Resource": "arn:aws:lambda:eu-west-1:111111111111:function:f"}}}
            """,
            Map.of(
                "Call",
                List.of(
                    Scenario.error("NotThere"),
                    completion -> {
                      completion.submitted(Scenario.json("{}"));
                      completion.succeed(Scenario.json("1"));
                    }),
                "Own",
                List.of(Scenario.result("2"))));
    scenario.run("{}");
    assertEquals(
        List.of(
            EXECUTION_STARTED,
            TASK_STATE_ENTERED,
            TASK_SCHEDULED,
            TASK_STARTED,
            TASK_SUBMIT_FAILED,
            TASK_SCHEDULED,
            TASK_STARTED,
            TASK_SUBMITTED,
            TASK_SUCCEEDED,
            TASK_STATE_EXITED,
            TASK_STATE_ENTERED,
            LAMBDA_FUNCTION_SCHEDULED,
            LAMBDA_FUNCTION_STARTED,
            LAMBDA_FUNCTION_SUCCEEDED,
            TASK_STATE_EXITED,
            EXECUTION_SUCCEEDED),
        scenario.eventTypes());
    JsonNode scheduled = scenario.events.get(2).details();
    assertEquals("aws-sdk:sqs", scheduled.get("resourceType").asText());
    assertEquals("sendMessage.waitForTaskToken", scheduled.get("resource").asText());
  }

  @Test
  void tellsBranchesEachWithItsOwnChain() throws InterruptedException {
    Scenario scenario =
        new Scenario(
            """
            {"QueryLanguage": "JSONata", "StartAt": "Each", "States": {"Each": {"Type": "Map",
              "Items": [1, 2], "MaxConcurrency": 1, "End": true, "ItemProcessor": {"StartAt": "Both",
                "States": {"Both": {"Type": "Parallel", "End": true, "Branches": [
                  {"StartAt": "A", "States": {"A": {"Type": "Wait", "Seconds": 60, "End": true}}},
                  {"StartAt": "B", "States": {"B": {"Type": "Choice", "Default": "C",
                     "Choices": [{"Condition": "{% $states.input = 2 %}", "Next": "D"}]},
                     "C": {"Type": "Pass", "End": true},
                     "D": {"Type": "Fail", "Error": "Two"}}}]}}}}}}
            """,
            Map.of());
    scenario.run("{}");
    assertEquals(
        List.of(
            EXECUTION_STARTED,
            MAP_STATE_ENTERED,
            MAP_STATE_STARTED,
            MAP_ITERATION_STARTED,
            PARALLEL_STATE_ENTERED,
            PARALLEL_STATE_STARTED,
            WAIT_STATE_ENTERED,
            CHOICE_STATE_ENTERED,
            CHOICE_STATE_EXITED,
            PASS_STATE_ENTERED,
            PASS_STATE_EXITED,
            WAIT_STATE_EXITED,
            PARALLEL_STATE_SUCCEEDED,
            PARALLEL_STATE_EXITED,
            MAP_ITERATION_SUCCEEDED,
            MAP_ITERATION_STARTED,
            PARALLEL_STATE_ENTERED,
            PARALLEL_STATE_STARTED,
            WAIT_STATE_ENTERED,
            CHOICE_STATE_ENTERED,
            CHOICE_STATE_EXITED,
            FAIL_STATE_ENTERED,
            WAIT_STATE_ABORTED,
            PARALLEL_STATE_FAILED,
            MAP_ITERATION_FAILED,
            MAP_STATE_FAILED,
            EXECUTION_FAILED),
        scenario.eventTypes());
    // The choice follows the start of the Parallel state, not the wait beside it.
    assertEquals(6, scenario.events.get(7).previousId());
    assertEquals(
        Scenario.json("{\"name\": \"Each\", \"index\": 1}"), scenario.events.get(15).details());
  }

  @Test
  void evaluationFailuresAreToldOnce() throws InterruptedException {
    Scenario scenario =
        new Scenario(
            """
            {"QueryLanguage": "JSONata", "StartAt": "Both", "States": {"Both": {"Type": "Parallel",
              "End": true, "Branches": [{"StartAt": "A", "States": {
                "A": {"Type": "Pass", "Output": "{% $nowhere %}", "End": true}}}]}}}
            """,
            Map.of());
    Execution execution = scenario.run("{}");
    assertEquals(1, scenario.eventTypes().stream().filter(EVALUATION_FAILED::equals).count());
    assertEquals(
        "An error occurred while executing the state 'A' (entered at the event id #4). The JSONata"
            + " expression '$nowhere' specified for the field 'Output' returned nothing"
            + " (undefined).",
        execution.cause().orElseThrow());
  }

  @Test
  void endsAtTheLimitOfEvents() throws InterruptedException {
    Scenario scenario =
        new Scenario(
            """
            {"QueryLanguage": "JSONata", "StartAt": "A", "States": {
              "A": {"Type": "Pass", "Next": "B"},
              "B": {"Type": "Choice", "Choices": [{"Condition": true, "Next": "A"}],
                    "Default": "C"},
              "C": {"Type": "Succeed"}}}
            """,
            Map.of());
    Execution execution = scenario.run("{}");
    assertEquals(ExecutionStatus.FAILED, execution.status());
    assertEquals(25_000, scenario.events.size());
    assertEquals(EXECUTION_FAILED, scenario.eventTypes().getLast());
    assertTrue(execution.cause().orElseThrow().contains("25000"));
    assertFalse(execution.output().isPresent());
  }
}
