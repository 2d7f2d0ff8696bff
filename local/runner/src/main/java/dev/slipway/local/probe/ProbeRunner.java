package dev.slipway.local.probe;

import java.io.PrintStream;
import picocli.CommandLine;

/**
 * The jar that an engineer of the customer is handed: {@code java -jar slipway-probe-runner.jar
 * --api https://slipway.example --code CODE}.
 */
public final class ProbeRunner {
  private ProbeRunner() {}

  /** Runs until there is nothing to do or Ctrl-C, and exits with the command's code. */
  public static void main(String... arguments) {
    System.exit(commandLine(System.out, System.err).execute(arguments));
  }

  static CommandLine commandLine(PrintStream out, PrintStream err) {
    return RunnerJar.commandLine(new ProbeCommand(out, err), "slipway-probe-runner.jar", out, err);
  }
}
