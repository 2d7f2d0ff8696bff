package dev.slipway.local.asl.replay;

import dev.slipway.local.cli.Terminal;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Runs recordings of AWS Step Functions through the local interpreter. */
@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    header = "Compare the local Step Functions with recordings of the real one.",
    description = {
      "",
      "Runs each recorded case with the recorded answers and a simulated clock, and compares"
          + " status, output, error and the sequence of states. Prints one line for each case and"
          + " a last line with their numbers.",
      ""
    },
    footerHeading = "%nExample:%n",
    footer = {"  slipway replay recordings/", ""},
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:none failed and at least one passed",
      "1:a case failed, or none passed",
      "2:a path is missing, empty or malformed"
    })
public final class ReplayCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(
      arity = "1..*",
      paramLabel = "PATH",
      description = "Files, and folders of which every .json file below is a case.")
  private List<Path> paths;

  /**
   * @param terminal where it writes
   */
  public ReplayCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    return Replay.run(paths, terminal.out(), terminal.err());
  }
}
