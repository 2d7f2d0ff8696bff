package dev.slipway.local.asl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** When things happen. */
class TimingTest {
  private static final String TASK =
      """
      {"QueryLanguage": "JSONata", "StartAt": "Do", "States": {"Do": {"Type": "Task", "End": true,
        "Resource": "arn:aws:states:::lambda:invoke.waitForTaskToken", %s}}}
      """;

  private static List<Long> attemptsAt(String fields, int failures) throws InterruptedException {
    Scenario scenario =
        new Scenario(
            TASK.formatted(fields),
            Map.of("Do", Collections.nCopies(failures, Scenario.error("Busy"))));
    scenario.run("{}");
    return scenario.requestedAt;
  }

  @Test
  void retriesAfterGrowingIntervalsUpToTheLargest() throws InterruptedException {
    // Each attempt fails 10 ms after it began.
    assertEquals(
        List.of(0L, 2_010L, 8_020L, 26_030L, 46_040L),
        attemptsAt(
            """
            "Retry": [{"ErrorEquals": ["Busy"], "IntervalSeconds": 2, "BackoffRate": 3,
                       "MaxAttempts": 4, "MaxDelaySeconds": 20}]
            """,
            5));
  }

  @Test
  void retriesAfterOneSecondThenTwiceAsLongByDefault() throws InterruptedException {
    assertEquals(
        List.of(0L, 1_010L, 3_020L, 7_030L),
        attemptsAt("\"Retry\": [{\"ErrorEquals\": [\"Busy\"]}]", 4));
  }

  @Test
  void jitterDrawsFromZeroToTheInterval() throws InterruptedException {
    List<Long> at =
        attemptsAt(
            """
            "Retry": [{"ErrorEquals": ["Busy"], "IntervalSeconds": 100, "BackoffRate": 1,
                       "MaxAttempts": 20, "JitterStrategy": "FULL"}]
            """,
            21);
    long distinct = 0;
    for (int i = 1; i < at.size(); i++) {
      long delay = at.get(i) - at.get(i - 1) - 10;
      assertTrue(delay >= 0 && delay <= 100_000, String.valueOf(delay));
      distinct += delay % 100_000 == 0 ? 0 : 1;
    }
    assertEquals(20, distinct);
  }

  @Test
  void timesOutAfterTimeoutSeconds() throws InterruptedException {
    Scenario scenario = new Scenario(TASK.formatted("\"TimeoutSeconds\": 2592000"), Map.of());
    Execution execution = scenario.run("{}");
    assertEquals("States.Timeout", execution.error().orElseThrow());
    assertEquals(
        Duration.ofDays(30), Duration.between(Scenario.START, execution.stopTime().orElseThrow()));
    assertEquals(List.of("Do"), scenario.cancelled);
  }

  @Test
  void heartbeatsCountAnewUpToTheTimeout() throws InterruptedException {
    Scenario scenario =
        new Scenario(TASK.formatted("\"TimeoutSeconds\": 100, \"HeartbeatSeconds\": 30"), Map.of());
    Execution execution = scenario.start("{}");
    for (int i = 0; i < 2; i++) {
      scenario.time.advance(Duration.ofSeconds(25));
      scenario.completions.values().forEach(completion -> completion.heartbeat());
    }
    scenario.time.runUntilIdle();
    assertEquals(
        Duration.ofSeconds(80),
        Duration.between(Scenario.START, execution.stopTime().orElseThrow()));
  }

  @Test
  void mapRunsAtMostSoManyAtOnce() throws InterruptedException {
    Scenario scenario =
        new Scenario(
            """
            {"QueryLanguage": "JSONata", "StartAt": "Each", "States": {"Each": {"Type": "Map",
              "Items": [1, 2, 3, 4, 5], "MaxConcurrency": 2, "End": true,
              "ItemProcessor": {"StartAt": "Rest", "States": {
                "Rest": {"Type": "Wait", "Seconds": 10, "End": true}}}}}}
            """,
            Map.of());
    Execution execution = scenario.run("{}");
    assertEquals(
        Duration.ofSeconds(30),
        Duration.between(Scenario.START, execution.stopTime().orElseThrow()));
  }
}
