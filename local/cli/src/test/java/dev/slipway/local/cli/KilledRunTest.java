package dev.slipway.local.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.json.Json;
import dev.slipway.local.probe.Interrupts;
import dev.slipway.local.sandbox.SandboxControl;
import dev.slipway.local.sandbox.SandboxEndpoints;
import dev.slipway.local.sandbox.world.RecordedCall;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A run is killed at several points, or asked to stop, and the same command goes on. The third
 * parties' stand-ins run in a process of their own: what they count outlives each kill.
 */
@Order(2) // Takes long, so it begins early.
class KilledRunTest {
  private static final Duration PATIENCE = Duration.ofMinutes(4);
  private static final int LAST_LINES = 60;

  /** Right after the third party did this, the process that asked for it is killed. */
  private static final List<String> KILL_AFTER =
      List.of("administration.config.ChangeConfigKey", "environment.control.CreateEnvironment");

  @TempDir private Path folder;

  @Test
  void makesEachResourceOnceHoweverOftenItIsKilled() throws Exception {
    Process standIns = slipway("sandbox");
    try (var lines = standIns.inputReader()) {
      SandboxEndpoints endpoints =
          SandboxEndpoints.fromJson(Json.MAPPER.readTree(lines.readLine()));
      SandboxControl sandbox = new SandboxControl(endpoints.control());
      for (String method : KILL_AFTER) {
        killAfter(method, sandbox, endpoints);
      }
      stopAfter("administration.cluster.AddExtIps", sandbox, endpoints);
      Process last = run(endpoints);
      assertTrue(last.waitFor(PATIENCE), this::whereItStands);
      assertEquals(0, last.exitValue(), Files.readString(output()));
      check(sandbox.calls());
      assertTrue(sandbox.world().at("/platform/environments").isEmpty(), "something is left over");
    } finally {
      standIns.destroyForcibly();
    }
  }

  private void killAfter(String method, SandboxControl sandbox, SandboxEndpoints endpoints)
      throws Exception {
    Process process = run(endpoints);
    try {
      awaitCall(method, sandbox, process);
    } finally {
      process.destroyForcibly();
      assertTrue(process.waitFor(PATIENCE));
    }
  }

  /** As Ctrl-C does. */
  private void stopAfter(String method, SandboxControl sandbox, SandboxEndpoints endpoints)
      throws Exception {
    Process process = run(endpoints);
    awaitCall(method, sandbox, process);
    process.destroy();
    try {
      assertTrue(process.waitFor(PATIENCE), "does not stop");
      assertEquals(Interrupts.EXIT_CODE, process.exitValue());
      assertTrue(
          Files.readString(output()).contains("The same command goes on where it was: slipway run"),
          "does not say how to go on");
      assertTrue(
          Files.readString(output()).contains(" --sandbox " + endpoints.control()),
          "the command to go on with lacks an option that was given");
    } finally {
      process.destroyForcibly();
    }
  }

  private static void awaitCall(String method, SandboxControl sandbox, Process process)
      throws InterruptedException {
    Instant end = Instant.now().plus(PATIENCE);
    while (sandbox.calls().stream()
        .noneMatch(call -> call.method().equals(method) && call.succeeded())) {
      assertTrue(process.isAlive(), () -> "ended by itself before " + method);
      assertTrue(Instant.now().isBefore(end), () -> method + " was never called");
      Thread.sleep(20);
    }
  }

  private static void check(List<RecordedCall> calls) {
    Map<String, Long> made =
        calls.stream()
            .filter(RecordedCall::succeeded)
            .filter(
                call ->
                    call.method().equals("environment.control.CreateEnvironment")
                        || call.method().equals("environment.control.DeleteEnv")
                        || call.method().equals("administration.cluster.AddExtIps"))
            .collect(
                Collectors.groupingBy(
                    call -> call.method() + " " + call.key(), TreeMap::new, Collectors.counting()));
    assertTrue(made.containsKey("administration.cluster.AddExtIps 203.0.113.128 203.0.113.143"));
    assertTrue(made.values().stream().allMatch(times -> times == 1), made::toString);
  }

  private Process run(SandboxEndpoints endpoints) throws IOException {
    Path profile = ProjectRoot.find().resolve("events/profiles/hosting-provider.json");
    return slipway(
        "run",
        profile.toString(),
        "--data",
        folder.resolve("data").toString(),
        "--sandbox",
        endpoints.control().toString());
  }

  /** For a run that does not end: what it said last, and what its functions did last. */
  private String whereItStands() {
    try (Stream<Path> logs = Files.list(folder.resolve("data/logs"))) {
      List<String> lines = new ArrayList<>(Files.readAllLines(output()));
      List<String> did = new ArrayList<>();
      for (Path log : logs.toList()) {
        did.addAll(Files.readAllLines(log));
      }
      // Each line begins with its time.
      did.sort(Comparator.naturalOrder());
      lines.addAll(did.subList(Math.max(0, did.size() - LAST_LINES), did.size()));
      return "does not end:\n" + String.join("\n", lines);
    } catch (IOException e) {
      return "does not end: " + e;
    }
  }

  private Path output() {
    return folder.resolve("output.txt");
  }

  private Process slipway(String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Slipway.class.getName()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    if (!arguments[0].equals("sandbox")) {
      builder.redirectOutput(ProcessBuilder.Redirect.appendTo(output().toFile()));
    }
    return builder.start();
  }
}
