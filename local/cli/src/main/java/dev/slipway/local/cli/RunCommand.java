package dev.slipway.local.cli;

import dev.slipway.checklist.Checklists;
import dev.slipway.local.probe.Interrupts;
import dev.slipway.local.report.ReportFiles;
import dev.slipway.local.run.Ending;
import dev.slipway.local.run.OnboardingRun;
import dev.slipway.local.run.OpenWorkText;
import dev.slipway.local.run.Profile;
import dev.slipway.local.run.ProfileReader;
import dev.slipway.local.run.RunView;
import dev.slipway.local.run.SignedBytes;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Takes one onboarding from its profile to its end. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    header = "Take the onboarding of a profile from intake to its end.",
    description = {
      "",
      "Takes the onboarding of a profile from intake to its end: starts everything locally, gives"
          + " what the profile gives, shows the plan, starts it, and plays the people whom the"
          + " profile scripts, through the same API that real people would use.",
      "",
      "It ends when every row is final, or when nothing can go on any"
          + " more. On a terminal it draws; in a pipe it prints one line per change.",
      ""
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  slipway run events/profiles/hosting-provider.json",
      "  slipway run events/profiles/hosting-provider.json --report report.json",
      "      writes report.json, its signature report.json.sig and the key report.json.pub to check it"
          + " with, and report.md and report.html to read",
      "  slipway run events/profiles/hosting-provider.json --sign-off --report report.json",
      "      the report is the one that was signed off; nothing changes the onboarding afterwards",
      "  slipway run events/profiles/hosting-provider-minimal.json --fast-forward --sign-off --look-again 7",
      "      looks at it again each week after go-live, until its data is erased",
      "  slipway run events/profiles/hosting-provider.json --data ~/hoster",
      "      keeps everything in a folder; the same command again goes on where it was",
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:every row is final",
      "1:it ended otherwise; the last line says why",
      "2:wrong usage or profile",
      "130:interrupted"
    })
public final class RunCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "PROFILE", description = "The profile, a JSON file.")
  private Path profileFile;

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description =
          "Write the report there as JSON, with its signature (FILE.sig) and the public key"
              + " (FILE.pub), and beside it as Markdown (.md) and HTML (.html).")
  private Path report;

  @Option(
      names = "--sign-off",
      description = "Sign off at the end, as the manager, if every row is final.")
  private boolean signOff;

  @Option(
      names = "--look-again",
      paramLabel = "DAYS",
      description =
          "After the sign-off, in simulated time: look every so many days whether all still holds,"
              + " until the data is erased. What happens meanwhile stands in the profile"
              + " (afterGoLive). Goes with --sign-off and --fast-forward.")
  private Integer lookAgain;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Keep everything in this folder, so that the same command resumes.")
  private Path data;

  @Option(
      names = "--fast-forward",
      description = "Simulate time: it passes at once when nothing is under way.")
  private boolean fastForward;

  @Option(
      names = "--sandbox",
      paramLabel = "URL",
      description = "Use a sandbox that runs already (slipway sandbox), by its control address.")
  private URI sandbox;

  @Option(
      names = "--logs",
      paramLabel = "DIR",
      description = "Write the functions' log lines there. Default: logs in the data folder.")
  private Path logs;

  @Option(
      names = "--grants",
      paramLabel = "FILE",
      description =
          "Write there, as JSON, what the template grants to each role, and whether the run needed"
              + " it.")
  private Path grants;

  @Option(
      names = "--timeout",
      paramLabel = "DURATION",
      defaultValue = "PT1H",
      description = "Give up after this time, such as PT10M. Default: ${DEFAULT-VALUE}.")
  private Duration timeout;

  RunCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws Exception {
    if (lookAgain != null && (!signOff || !fastForward || lookAgain < 1)) {
      throw new InputFailure(
          "--look-again: must be 1 day or more, and goes with --sign-off and --fast-forward");
    }
    Profile profile = new ProfileReader(new Checklists()).read(profileFile);
    Thread main = Thread.currentThread();
    Runnable stop =
        () -> {
          terminal.err().println("Stopping … (once more ends it at once)");
          main.interrupt();
        };
    try (Interrupts interrupts = Interrupts.handle(stop);
        LocalSlipway slipway =
            LocalSlipway.start(
                LocalSlipway.Wishes.of(data, logs).with(sandbox).simulated(fastForward))) {
      // Apart from what the run tells: the address is another one each time.
      terminal.err().println("Watch it in a browser: " + slipway.portal());
      OnboardingRun run;
      Ending ending;
      try (RunView view = terminal.view()) {
        run =
            new OnboardingRun(
                profile,
                Optional.ofNullable(data),
                slipway.callers(),
                slipway.standIns(),
                view,
                slipway.pace(),
                timeout,
                interrupts::asked);
        ending = run.run();
      }
      if (signOff && ending instanceof Ending.AllFinal) {
        terminal.out().println("Signed off by " + run.signOff() + ".");
        if (lookAgain != null) {
          run.afterGoLive(lookAgain, terminal::say);
        }
      }
      if (report != null && !run.onboarding().isEmpty()) {
        write(slipway, run);
      }
      if (grants != null) {
        RoleUse.of(slipway.runtime().permissions()).write(grants);
      }
      run.totals().ifPresent(terminal::say);
      int code = end(ending);
      next(ending);
      return code;
    }
  }

  /** Only what was kept can be gone on with. */
  private void next(Ending ending) {
    boolean ended = ending instanceof Ending.AllFinal;
    if (ended && !signOff) {
      terminal.next(ShellWord.again(spec) + " --sign-off");
    } else if (!ended && !(ending instanceof Ending.Interrupted) && data != null) {
      terminal.next(
          "%s serve --data %s".formatted(OpenWorkText.COMMAND, ShellWord.of(data.toString())));
    }
  }

  private void write(LocalSlipway slipway, OnboardingRun run) {
    try (LocalSigner signer = slipway.signer()) {
      SignedBytes signed = run.report(signer::sign);
      List<Path> files =
          new ReportFiles(report).write(signed.content(), signed.signature(), signer.publicKey());
      terminal
          .out()
          .println(
              "Report: " + files.stream().map(Path::toString).collect(Collectors.joining(", ")));
    }
  }

  private int end(Ending ending) {
    return switch (ending) {
      case Ending.AllFinal all -> {
        terminal.out().println("Finished: every row is final.");
        yield 0;
      }
      case Ending.Stuck stuck -> otherwise("Ended: nothing can go on by itself", stuck.reasons());
      case Ending.TimedOut late ->
          otherwise("Ended: the time (" + timeout + ") is over", late.open());
      case Ending.Halted halted ->
          otherwise("Ended: the onboarding is " + halted.state(), List.of());
      case Ending.Interrupted interrupted -> {
        terminal
            .out()
            .println(
                data == null
                    ? "Interrupted. Nothing was kept, because --data was not given."
                    : "Interrupted. The same command goes on where it was: "
                        + ShellWord.again(spec));
        yield Interrupts.EXIT_CODE;
      }
    };
  }

  /** All reasons, and the first one again in the last line: that is where scripts look. */
  private int otherwise(String what, List<String> reasons) {
    if (reasons.size() > 1) {
      reasons.forEach(reason -> terminal.say("Open:  " + reason));
    }
    String more = reasons.size() > 1 ? " (and " + (reasons.size() - 1) + " more, above)" : "";
    terminal.say(what + (reasons.isEmpty() ? "." : ": " + reasons.getFirst() + more));
    return 1;
  }
}
