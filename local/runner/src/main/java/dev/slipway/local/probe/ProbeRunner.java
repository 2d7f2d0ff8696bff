package dev.slipway.local.probe;

import java.io.PrintStream;
import java.io.PrintWriter;
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
    CommandLine line = new CommandLine(new ProbeCommand(out, err));
    line.setCommandName("java -jar slipway-probe-runner.jar");
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
