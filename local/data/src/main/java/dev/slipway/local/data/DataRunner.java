package dev.slipway.local.data;

import dev.slipway.local.probe.RunnerJar;
import java.io.PrintStream;
import picocli.CommandLine;

/**
 * The jar for the machines beside the databases: {@code java -jar slipway-data-runner.jar --api
 * https://slipway.example --code CODE --folder /srv/move --map map.yaml --at NAME=ADDRESS}.
 */
public final class DataRunner {
  private DataRunner() {}

  /** Runs until there is nothing to do or Ctrl-C, and exits with the command's code. */
  public static void main(String... arguments) {
    System.exit(commandLine(System.out, System.err).execute(arguments));
  }

  static CommandLine commandLine(PrintStream out, PrintStream err) {
    return RunnerJar.commandLine(new DataCommand(out, err), "slipway-data-runner.jar", out, err);
  }
}
