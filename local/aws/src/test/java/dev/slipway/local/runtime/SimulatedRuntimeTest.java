package dev.slipway.local.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.local.asl.time.SimulatedTime;
import dev.slipway.local.lambda.LogSink;
import dev.slipway.local.schedule.LocalTime;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

class SimulatedRuntimeTest {
  private static final Instant START = Instant.parse("2026-11-01T00:00:00Z");

  private final List<LogSink.Line> logs = new CopyOnWriteArrayList<>();

  @Test
  @Timeout(120) // Only a guard against a hang.
  void waitsThirtyDaysInNoTime() throws Exception {
    var time = new SimulatedTime(START);
    var options =
        RuntimeOptions.of(Path.of("src/test/resources/sample"), "sample")
            .withTime(LocalTime.simulated(time))
            .withLogs(logs::add);
    try (var runtime = LocalRuntime.start(options);
        var client = LocalRuntimeTest.client(runtime)) {
      var parent = runtime.template().stateMachine("Parent").orElseThrow().arn();
      var arn =
          client
              .startExecution(start -> start.stateMachineArn(parent).input("{\"id\": \"one\"}"))
              .executionArn();
      time.advance(Duration.ofSeconds(1));
      assertEquals(1, asked());
      assertEquals(START, logs.getFirst().at());

      time.advance(Duration.ofDays(31));
      var ended = client.describeExecution(describe -> describe.executionArn(arn));
      assertEquals(ExecutionStatus.FAILED, ended.status());
      assertTrue(ended.cause().contains("States.Timeout"), ended.cause());
      assertEquals(START.plus(Duration.ofDays(30)), ended.stopDate());
      var sweeps = logs.stream().filter(line -> line.text().contains("swept")).count();
      assertTrue(sweeps > 30 && sweeps < 100, sweeps + " sweeps");
    }
  }

  @Test
  void letsNoTimePassBeforeTheStreamIsDelivered() throws Exception {
    var time = new SimulatedTime(START);
    var options =
        RuntimeOptions.of(Path.of("src/test/resources/sample"), "sample")
            .withTime(LocalTime.simulated(time))
            .withLogs(logs::add);
    try (var runtime = LocalRuntime.start(options);
        var client = LocalRuntimeTest.client(runtime)) {
      var parent = runtime.template().stateMachine("Parent").orElseThrow().arn();
      var token = runtime.issuer().token("someone", Map.of("roles", List.of("manager")));
      for (int i = 0; i < 20; i++) {
        var id = "n" + i;
        var arn =
            client
                .startExecution(
                    start -> start.stateMachineArn(parent).input("{\"id\": \"" + id + "\"}"))
                .executionArn();
        time.advance(Duration.ofSeconds(1));
        LocalRuntimeTest.send(runtime, "POST", "/answers/" + id, "yes", token);
        time.advance(Duration.ofSeconds(1));
        assertEquals(
            ExecutionStatus.SUCCEEDED,
            client.describeExecution(describe -> describe.executionArn(arn)).status(),
            id);
      }
    }
  }

  private long asked() {
    return logs.stream().filter(line -> line.text().startsWith("asking")).count();
  }
}
