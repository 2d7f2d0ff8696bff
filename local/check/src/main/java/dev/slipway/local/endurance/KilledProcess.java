package dev.slipway.local.endurance;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * {@code slipway run} in a process of its own, on this JVM's Java and class path: the process that
 * is killed is the one that a person would have started.
 */
final class KilledProcess {
  private final List<String> command;
  private final Path log;

  /**
   * @param mainClass the command line's main class
   * @param data the data folder of the run
   * @param report where the run writes its report
   * @param log gets what the run prints
   */
  KilledProcess(String mainClass, Path profile, URI sandbox, Path data, Path report, Path log) {
    this.command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xshare:auto",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow"));
    String home = System.getProperty("slipway.home");
    if (home != null) {
      command.add("-Dslipway.home=" + home);
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass));
    command.addAll(List.of("run", profile.toString(), "--data", data.toString()));
    command.addAll(List.of("--sandbox", sandbox.toString(), "--report", report.toString()));
    this.log = log;
  }

  /** The end of one start of it. */
  sealed interface End {
    /** It was killed before it ended. */
    record Killed() implements End {}

    /** It ended by itself. */
    record Exited(int code) implements End {}
  }

  /**
   * Starts it, and kills it if it has not ended by then.
   *
   * @throws IOException if it cannot be started
   * @throws InterruptedException if the wait is interrupted; it is killed all the same
   */
  End runFor(Duration time) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    try {
      return process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS)
          ? new End.Exited(process.exitValue())
          : new End.Killed();
    } finally {
      // SIGKILL: no shutdown hook, no finally, nothing is flushed.
      process.destroyForcibly();
      process.waitFor();
    }
  }
}
