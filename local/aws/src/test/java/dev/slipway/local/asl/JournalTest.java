package dev.slipway.local.asl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Nothing is seen outside before it is recorded. */
class JournalTest {
  private static final String DEFINITION =
      """
      {"QueryLanguage": "JSONata", "StartAt": "Do", "States": {
        "Do": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Next": "More"},
        "More": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "End": true}}}
      """;

  @Test
  void recordsBeforeTasksStartAndBeforeAnswersAreAcknowledged() {
    Scenario scenario = new Scenario(DEFINITION, Map.of());
    List<String> order = new ArrayList<>();
    scenario.journal = execution -> order.add(execution.status() + " " + scenario.requests.size());
    scenario.start("{}");
    assertEquals(List.of("RUNNING 0"), order);
    CompletionStage<Boolean> answered = answer(scenario, "Do");
    answered.thenAccept(counted -> order.add("acknowledged " + counted));
    assertEquals(List.of("RUNNING 0", "RUNNING 1", "acknowledged true"), order);
    answer(scenario, "More").thenAccept(counted -> order.add("acknowledged " + counted));
    assertEquals(List.of("SUCCEEDED 2", "acknowledged true"), order.subList(3, 5));
  }

  private static CompletionStage<Boolean> answer(Scenario scenario, String state) {
    String id =
        scenario.requests.stream()
            .filter(request -> request.state().equals(state))
            .findFirst()
            .orElseThrow()
            .id();
    return scenario.completions.get(id).succeed(Scenario.json("1"));
  }

  @Test
  void aJournalThatFailsHoldsBackWhatFollows() {
    Scenario scenario = new Scenario(DEFINITION, Map.of());
    AtomicBoolean broken = new AtomicBoolean();
    scenario.journal =
        execution -> {
          if (broken.get()) {
            throw new UncheckedIOException(new IOException("disk full"));
          }
        };
    Execution execution = scenario.start("{}");
    broken.set(true);
    assertThrows(UncheckedIOException.class, () -> answer(scenario, "Do"));
    assertEquals(1, scenario.requests.size());

    broken.set(false);
    CompletionStage<Boolean> stopped = execution.stop("Stop", null);
    assertTrue(stopped.toCompletableFuture().isDone());
    // The second task was never started, for it was stopped before it was recorded.
    assertEquals(1, scenario.requests.size());
    assertEquals(ExecutionStatus.ABORTED, execution.status());
    assertFalse(execution.output().isPresent());
  }

  @Test
  void aFaultOfAListenerEndsTheExecution() {
    Scenario scenario =
        new Scenario(
            """
            {"QueryLanguage": "JSONata", "StartAt": "A", "States": {
              "A": {"Type": "Pass", "Next": "B"}, "B": {"Type": "Succeed"}}}
            """,
            Map.of());
    scenario.onEvent =
        event -> {
          if (event.id() == 3) {
            throw new IllegalStateException("listener");
          }
        };
    Execution execution = scenario.start("{}");
    assertEquals(ExecutionStatus.FAILED, execution.status());
    assertEquals("States.Runtime", execution.error().orElseThrow());
  }
}
