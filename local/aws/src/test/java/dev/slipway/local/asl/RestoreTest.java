package dev.slipway.local.asl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.local.asl.Scenario.Answer;
import dev.slipway.local.asl.history.HistoryEvent;
import dev.slipway.local.asl.task.TaskRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An execution that is cut off at any durable point and restored goes on as it would have. */
class RestoreTest {
  private static final String TASK = "\"Type\": \"Task\", \"Resource\": \"arn:aws:states:::lambda:";

  /** A machine, its input, and the answers to its tasks. */
  record Case(String name, String definition, String input, Map<String, List<Answer>> answers) {
    @Override
    public String toString() {
      return name;
    }
  }

  static List<Case> cases() {
    return List.of(
        new Case(
            "variables, retries of two kinds, a callback, a wait",
            """
            {"QueryLanguage": "JSONata", "StartAt": "Set", "TimeoutSeconds": 100000, "States": {
              "Set": {"Type": "Pass", "Assign": {"v": {"n": null}}, "Next": "Do"},
              "Do": {%sinvoke.waitForTaskToken", "TimeoutSeconds": 600, "HeartbeatSeconds": 60,
                "Arguments": {"v": "{%% $v %%}", "token": "{%% $states.context.Task.Token %%}"},
                "Retry": [{"ErrorEquals": ["Busy"], "MaxAttempts": 2},
                          {"ErrorEquals": ["States.ALL"], "MaxAttempts": 1}],
                "Output": {"r": "{%% $states.result %%}",
                           "retries": "{%% $states.context.State.RetryCount %%}",
                           "at": "{%% $states.context.State.EnteredTime %%}"}, "Next": "Rest"},
              "Rest": {"Type": "Wait", "Seconds": 3600, "Next": "Tell"},
              "Tell": {"Type": "Pass", "Output": {"in": "{%% $states.input %%}", "v": "{%% $v %%}",
                "now": "{%% $states.context.State.EnteredTime %%}"}, "End": true}}}
            """
                .formatted(TASK),
            "{\"a\": [1, null]}",
            Map.of(
                "Do",
                List.of(
                    Scenario.error("Busy"),
                    Scenario.error("Other"),
                    Scenario.error("Busy"),
                    Scenario.result("{\"ok\": null}")))),
        new Case(
            "a Map with two at once, inner variables, and a Parallel state in each",
            """
            {"QueryLanguage": "JSONata", "StartAt": "Set", "States": {
              "Set": {"Type": "Pass", "Assign": {"outer": "o"}, "Next": "Each"},
              "Each": {"Type": "Map", "Items": [3, 1, 2, 5], "MaxConcurrency": 2, "End": true,
                "ItemSelector": {"s": "{%% $states.context.Map.Item.Value %%}"},
                "ItemProcessor": {"StartAt": "Note", "States": {
                  "Note": {"Type": "Pass", "Assign": {"own": "{%% $outer & $states.input.s %%}"},
                           "Next": "Both"},
                  "Both": {"Type": "Parallel", "End": true, "Branches": [
                    {"StartAt": "Rest", "States": {"Rest": {"Type": "Wait",
                       "Seconds": "{%% $states.input.s %%}", "Output": "{%% $own %%}", "End": true}}},
                    {"StartAt": "Do", "States": {"Do": {%sinvoke",
                       "Arguments": "{%% $states.context.Map.Item %%}", "End": true}}}]}}}}}}
            """
                .formatted(TASK),
            "{}",
            Map.of("Do", List.of(Scenario.result("\"done\"")))),
        new Case(
            "a branch that fails, is caught, and one that is retried as a whole",
            """
            {"QueryLanguage": "JSONata", "StartAt": "Both", "States": {
              "Both": {"Type": "Parallel", "Next": "Ask",
                "Retry": [{"ErrorEquals": ["Late"], "MaxAttempts": 1}],
                "Catch": [{"ErrorEquals": ["States.ALL"], "Assign": {"e":
                  "{%% $states.errorOutput.Error %%}"}, "Next": "Ask"}],
                "Branches": [
                  {"StartAt": "Open", "States": {"Open": {%sinvoke.waitForTaskToken", "End": true}}},
                  {"StartAt": "Rest", "States": {"Rest": {"Type": "Wait", "Seconds": 60, "Next": "No"},
                                                 "No": {"Type": "Fail", "Error": "Late"}}}]},
              "Ask": {%sinvoke", "TimeoutSeconds": 30, "Catch": [{"ErrorEquals": ["States.Timeout"],
                "Output": "{%% $e & ' then timeout' %%}", "Next": "End"}], "Next": "End"},
              "End": {"Type": "Succeed"}}}
            """
                .formatted(TASK, TASK),
            "{}",
            Map.of()));
  }

  private record Point(JsonNode snapshot, Instant at) {}

  @ParameterizedTest
  @MethodSource("cases")
  void continuesFromEachDurablePoint(Case each) throws InterruptedException {
    Scenario whole = new Scenario(each.definition, each.answers);
    List<Point> points = new ArrayList<>();
    whole.journal =
        execution -> points.add(new Point(copy(execution.snapshot()), whole.time.instant()));
    Execution expected = whole.run(each.input);
    assertEquals(ExecutionStatus.SUCCEEDED, expected.status(), String.valueOf(expected.cause()));
    assertTrue(points.size() > 4);

    for (Point point : points) {
      Scenario rest = new Scenario(each.definition, each.answers, point.at);
      whole.startedAt.forEach(rest.startedAt::putIfAbsent);
      Execution restored = rest.restore(point.snapshot);
      rest.time.runUntilIdle();
      assertEquals(expected.output(), restored.output(), point.snapshot.toPrettyString());
      assertEquals(expected.stopTime(), restored.stopTime());
      long before = point.snapshot.get("lastEventId").asLong();
      assertEquals(
          sorted(whole.events.subList((int) before, whole.events.size())), sorted(rest.events));
    }
  }

  /** Through text, as a host would keep it. */
  private static JsonNode copy(JsonNode snapshot) {
    return Scenario.json(snapshot.toString());
  }

  /** What was under way at the same time may be told in another order. */
  private static List<String> sorted(List<HistoryEvent> events) {
    return events.stream()
        .map(event -> event.timestamp() + " " + event.type() + " " + withoutToken(event))
        .sorted()
        .toList();
  }

  private static String withoutToken(HistoryEvent event) {
    return String.valueOf(event.details()).replaceAll("token of [^\"\\\\]*", "token");
  }

  @Test
  void openTasksAreResumedWithTheirTokensAndDeadlines() throws InterruptedException {
    Case each = cases().getFirst();
    Scenario first = new Scenario(each.definition, Map.of());
    JsonNode snapshot = copy(first.start(each.input).snapshot());
    Scenario second = new Scenario(each.definition, Map.of(), Scenario.START.plusSeconds(30));
    Execution restored = second.restore(snapshot);
    assertTrue(second.requests.isEmpty());
    assertEquals(Collections.singletonList(first.requests.getFirst()), second.resumed);
    TaskRequest request = second.resumed.getFirst();
    assertEquals("token of " + request.id(), request.taskToken().orElseThrow());
    // Unanswered, it misses the heartbeat of the first process's deadline; all retries do as well.
    second.time.runUntilIdle();
    assertEquals(ExecutionStatus.FAILED, restored.status());
    assertEquals(Scenario.START.plusSeconds(60), second.events.getFirst().timestamp());
  }

  @Test
  void whatBecameDueMeanwhileHappensAtOnce() throws InterruptedException {
    Case each = cases().getLast();
    Scenario first = new Scenario(each.definition, Map.of());
    JsonNode snapshot = copy(first.start(each.input).snapshot());
    Instant later = Scenario.START.plusSeconds(1_000_000);
    Scenario second = new Scenario(each.definition, Map.of(), later);
    Execution restored = second.restore(snapshot);
    second.time.runUntilIdle();
    assertEquals(ExecutionStatus.SUCCEEDED, restored.status());
    assertEquals(later, second.events.getFirst().timestamp());
  }

  @Test
  void redriveRunsAgainWhatHasNotSucceeded() throws Exception {
    String definition =
        """
        {"QueryLanguage": "JSONata", "StartAt": "First", "States": {
          "First": {%sinvoke", "Next": "Each"},
          "Each": {"Type": "Map", "Items": ["a", "b", "c"], "MaxConcurrency": 2, "End": true,
            "ItemProcessor": {"StartAt": "Do", "States": {
              "Do": {%sinvoke", "Retry": [{"ErrorEquals": ["States.ALL"], "MaxAttempts": 1}],
                     "Next": "Rest"},
              "Rest": {"Type": "Wait", "Seconds": 5, "End": true}}}}}}
        """
            .formatted(TASK, TASK);
    Map<String, List<Answer>> failing =
        Map.of(
            "First", List.of(Scenario.result("1")),
            "Do", List.of(Scenario.error("E"), Scenario.error("E")));
    Scenario first = new Scenario(definition, failing);
    Execution failed = first.run("{}");
    assertEquals(ExecutionStatus.FAILED, failed.status());

    Map<String, List<Answer>> working = Map.of("Do", List.of(Scenario.result("\"ok\"")));
    Scenario second = new Scenario(definition, working, first.time.instant());
    Execution execution = second.restore(copy(failed.snapshot()));
    assertEquals(ExecutionStatus.FAILED, execution.status());
    assertTrue(execution.redrive().toCompletableFuture().get());
    second.time.runUntilIdle();
    assertEquals(ExecutionStatus.SUCCEEDED, execution.status());
    assertEquals(Scenario.json("[\"ok\", \"ok\", \"ok\"]"), execution.output().orElseThrow());
    assertEquals(1, execution.redriveCount());
    // The first task had succeeded: it was not performed again.
    assertEquals(
        List.of("Do", "Do", "Do"), second.requests.stream().map(TaskRequest::state).toList());
    assertEquals(first.events.size() + 1, second.events.getFirst().id());
  }
}
