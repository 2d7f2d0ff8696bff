package dev.slipway.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.checklist.Checklists;
import dev.slipway.local.run.OnboardingRun;
import dev.slipway.local.run.OpenWorkText;
import dev.slipway.local.run.PlainView;
import dev.slipway.local.run.PlanText;
import dev.slipway.local.run.Profile;
import dev.slipway.local.run.ProfileReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what a run of a profile would do; nothing is kept, and nothing is started. */
@Command(
    name = "plan",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    header = "Show what a run of a profile, or of an onboarding, would do.",
    description = {
      "",
      "Shows what a run of a profile would do: what runs, what is not applicable and by which rule,"
          + " what waits for whom, what is missing. Nothing is started and nothing is kept.",
      ""
    },
    footerHeading = "%nExample:%n",
    footer = {
      "  slipway plan events/profiles/hosting-provider-minimal.json",
      "  slipway plan hoster-example-gmbh-7sqrdz31 --api https://slipway.example --token-file"
          + " token.txt",
      ""
    })
public final class PlanCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(
      paramLabel = "PROFILE|ONBOARDING",
      description = "The profile, a JSON file; or, of a Slipway that serves, an onboarding's id.")
  private String subject;

  @Mixin private ApiConnection place;

  @Option(names = "--json", description = "Print the plan as the API answers it.")
  private boolean json;

  PlanCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws Exception {
    boolean profile = subject.endsWith(".json") || Files.exists(Path.of(subject));
    if (!place.isNamed() && (profile || !place.isThere())) {
      return planProfile(Path.of(subject));
    }
    JsonNode plan = place.api(subject).plan(subject);
    show(plan);
    if (!json) {
      String hash = plan.path("hash").asText();
      terminal.say("Plan hash: " + hash);
      terminal.next(
          "%s start %s --plan %s %s"
              .formatted(OpenWorkText.COMMAND, ShellWord.of(subject), hash, place.again()));
    }
    return 0;
  }

  private void show(JsonNode plan) {
    if (json) {
      terminal.out().println(plan.toPrettyString());
    } else {
      PlanText.lines(plan).forEach(terminal::say);
    }
  }

  private int planProfile(Path profileFile) throws Exception {
    Profile profile = new ProfileReader(new Checklists()).read(profileFile);
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    try (LocalSlipway slipway = LocalSlipway.start(LocalSlipway.Wishes.of(null, null))) {
      var plan =
          new OnboardingRun(
                  profile,
                  Optional.empty(),
                  slipway.callers(),
                  slipway.standIns(),
                  json ? new PlainView(nowhere) : terminal.lines(),
                  slipway.pace(),
                  Duration.ZERO,
                  () -> false)
              .plan();
      show(plan);
    }
    if (!json) {
      terminal.next("%s run %s".formatted(OpenWorkText.COMMAND, ShellWord.of(subject)));
    }
    return 0;
  }
}
