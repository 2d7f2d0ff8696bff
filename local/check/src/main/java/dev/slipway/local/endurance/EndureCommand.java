package dev.slipway.local.endurance;

import dev.slipway.checklist.Checklists;
import dev.slipway.local.cli.Terminal;
import dev.slipway.local.run.Profile;
import dev.slipway.local.run.ProfileReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows that a killed runtime goes on where it was. */
@Command(
    name = "endure",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    header = "Kill the runtime again and again, and look whether anything was done twice.",
    description = {
      "",
      "Takes a profile's onboarding to its end, again and again, each time in a folder and process"
          + " of its own that is killed (SIGKILL) at random points and started again, while the"
          + " third parties' stand-ins count calls in a process that is not killed. After each"
          + " onboarding it compares with one that nobody killed: every row's outcome and evidence,"
          + " everything made exactly once, everything said at least once, nothing left behind, no"
          + " secret in any file.",
      "",
      "Prints a line per kill and onboarding; the last line is the result.",
      ""
    },
    footerHeading = "%nExample:%n",
    footer = {"  slipway endure --kills 100 --seed 4711", ""},
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:nothing was wrong after any kill",
      "1:a fault was found; the lines name it",
      "2:wrong usage or profile"
    })
public final class EndureCommand implements Callable<Integer> {
  private final PrintStream out;

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = "PROFILE",
      defaultValue = "events/profiles/hosting-provider.json",
      description = "The profile. Default: ${DEFAULT-VALUE}.")
  private Path profile;

  @Option(
      names = "--kills",
      paramLabel = "N",
      defaultValue = "100",
      description = "How often to kill. Default: ${DEFAULT-VALUE}.")
  private int kills;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Repeats the moments of an earlier run; it is printed.")
  private Long seed;

  @Option(
      names = "--keep",
      paramLabel = "DIR",
      description = "Keep every onboarding's files there; without it, only if a fault is found.")
  private Path keep;

  @Option(
      names = "--timeout",
      paramLabel = "DURATION",
      defaultValue = "PT1H",
      description = "Begin no onboarding after this time. Default: ${DEFAULT-VALUE}.")
  private Duration timeout;

  /**
   * @param terminal where it writes
   */
  public EndureCommand(Terminal terminal) {
    this.out = terminal.out();
  }

  @Override
  public Integer call() throws Exception {
    Profile read = new ProfileReader(new Checklists()).read(profile);
    long start = seed == null ? new Random().nextInt(Integer.MAX_VALUE) : seed;
    Path folder =
        keep == null ? Files.createTempDirectory("slipway-endure-") : Files.createDirectories(keep);
    out.println("seed " + start);
    String mainClass = spec.root().userObject().getClass().getName();
    Endurance.Result result =
        new Endurance(mainClass, read, folder, new Random(start), out, timeout).killed(kills);
    boolean right = result.faults().isEmpty();
    if (right && keep == null) {
      delete(folder);
    }
    out.println(
        "%d kills, %d onboardings, seed %d: %s"
            .formatted(
                result.kills(),
                result.rounds(),
                start,
                right
                    ? "all right"
                    : result.faults().size() + " faults; everything is kept in " + folder));
    return right ? 0 : 1;
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
