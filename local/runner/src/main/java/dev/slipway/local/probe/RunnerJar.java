package dev.slipway.local.probe;

import java.io.PrintStream;
import java.io.PrintWriter;
import picocli.CommandLine;

/** The command line of a jar that is handed out by itself. */
public final class RunnerJar {
  private RunnerJar() {}

  /**
   * The one command of a jar.
   *
   * @param jar the file's name, as people type it
   */
  public static CommandLine commandLine(
      Object command, String jar, PrintStream out, PrintStream err) {
    CommandLine line = new CommandLine(command);
    line.setCommandName("java -jar " + jar);
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
