package dev.slipway.local.data;

import java.io.PrintStream;
import java.io.PrintWriter;
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
    CommandLine line = new CommandLine(new DataCommand(out, err));
    line.setCommandName("java -jar slipway-data-runner.jar");
    line.setOut(new PrintWriter(out, true, out.charset()));
    line.setErr(new PrintWriter(err, true, err.charset()));
    line.setUsageHelpAutoWidth(true);
    line.setParameterExceptionHandler(
        (wrong, given) -> {
          err.println(wrong.getMessage() + "; --help says what there is");
          return CommandLine.ExitCode.USAGE;
        });
    return line;
  }
}
