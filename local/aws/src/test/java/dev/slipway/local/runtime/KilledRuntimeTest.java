package dev.slipway.local.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/** Kills a runtime in a process of its own, and goes on with what it left. */
class KilledRuntimeTest {
  private static final Path SAMPLE = Path.of("src/test/resources/sample");
  private static final int EXECUTIONS = 5;

  @TempDir Path folder;

  /** Starts executions of the sample until it is killed. */
  static final class Victim {
    public static void main(String[] arguments) throws InterruptedException {
      var runtime =
          LocalRuntime.start(RuntimeOptions.of(SAMPLE, "sample").withData(Path.of(arguments[0])));
      var parent = runtime.template().stateMachine("Parent").orElseThrow().arn();
      try (var client = LocalRuntimeTest.client(runtime)) {
        System.out.println("ready");
        System.out.flush();
        for (int i = 0; i < EXECUTIONS; i++) {
          var id = "e" + i;
          client.startExecution(
              start -> start.stateMachineArn(parent).name(id).input("{\"id\": \"" + id + "\"}"));
        }
        Thread.sleep(Duration.ofMinutes(5));
      }
    }
  }

  @Test
  void goesOnWithWhatAKilledRuntimeLeft() throws Exception {
    long seed = new Random().nextLong();
    System.out.println("seed " + seed);
    var random = new Random(seed);
    for (int round = 0; round < 2; round++) {
      killAfter(random.nextInt(1500));
    }
    var options = RuntimeOptions.of(SAMPLE, "sample").withData(folder);
    try (var runtime = LocalRuntime.start(options);
        var client = LocalRuntimeTest.client(runtime)) {
      var parent = runtime.template().stateMachine("Parent").orElseThrow().arn();
      var token = runtime.issuer().token("someone", Map.of("roles", List.of("manager")));
      var arns = new ArrayList<String>();
      for (int i = 0; i < EXECUTIONS; i++) {
        var id = "e" + i;
        arns.add(
            client
                .startExecution(
                    start ->
                        start.stateMachineArn(parent).name(id).input("{\"id\": \"" + id + "\"}"))
                .executionArn());
        LocalRuntimeTest.send(runtime, "POST", "/answers/" + id, "yes", token);
      }
      var deadline = Instant.now().plus(Duration.ofMinutes(2));
      for (var arn : arns) {
        while (client.describeExecution(describe -> describe.executionArn(arn)).status()
            == ExecutionStatus.RUNNING) {
          assertTrue(Instant.now().isBefore(deadline), arn + " does not end");
          Thread.sleep(50);
        }
        assertEquals(
            ExecutionStatus.SUCCEEDED,
            client.describeExecution(describe -> describe.executionArn(arn)).status());
      }
      var child = runtime.template().stateMachine("Child").orElseThrow().arn();
      assertEquals(
          EXECUTIONS,
          client.listExecutions(list -> list.stateMachineArn(child)).executions().size());
    }
  }

  private void killAfter(int milliseconds) throws Exception {
    var process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Victim.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (var output = process.inputReader()) {
      assertEquals("ready", output.readLine());
      Thread.sleep(milliseconds);
    } finally {
      process.destroyForcibly();
      assertTrue(process.waitFor(2, TimeUnit.MINUTES));
    }
  }
}
