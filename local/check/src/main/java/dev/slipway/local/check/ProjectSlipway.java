package dev.slipway.local.check;

import dev.slipway.local.asl.replay.ReplayCommand;
import dev.slipway.local.benchmark.BenchmarkCommand;
import dev.slipway.local.cli.Environment;
import dev.slipway.local.cli.Slipway;
import dev.slipway.local.cli.Terminal;
import dev.slipway.local.endurance.EndureCommand;
import java.util.List;
import picocli.CommandLine;

/**
 * The command line of a clone of the project, which {@code ./slipway} starts: all that {@link
 * Slipway} can do, and what checks and measures the local runtime.
 */
public final class ProjectSlipway {
  private ProjectSlipway() {}

  /** Runs a command and exits with its code. */
  public static void main(String... arguments) {
    System.exit(commandLine(Terminal.system(Environment.system())).execute(arguments));
  }

  /** The command line, writing to a terminal of the caller's choice. */
  public static CommandLine commandLine(Terminal terminal) {
    return Slipway.commandLine(
        terminal,
        Environment.system(),
        List.of(ReplayCommand.class, EndureCommand.class, BenchmarkCommand.class));
  }
}
