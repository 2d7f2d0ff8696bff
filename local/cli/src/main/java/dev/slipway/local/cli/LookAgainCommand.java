package dev.slipway.local.cli;

import dev.slipway.local.client.SlipwayApi;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Has the rows that are done looked at again. */
@Command(
    name = "look-again",
    header = "Have all rows that are done looked at again, as before a sign-off.",
    description =
        "Each is looked at with its own credentials, and nothing is performed. What does not hold"
            + " any more is open again, with the reason and the next step.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  slipway look-again hoster-example-gmbh-7sqrdz31 --api https://slipway.example --token-file token.txt",
      ""
    })
public final class LookAgainCommand extends ApiCommand {
  @Mixin private OnboardingParameter onboarding;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      description = "Why; it stands in the audit trail. Default: ${DEFAULT-VALUE}.",
      defaultValue = "before the sign-off")
  private String reason;

  LookAgainCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  int perform(SlipwayApi api) {
    int asked = api.lookAgain(onboarding.id(), reason).path("asked").size();
    say("%d tasks and gates of %s look again.".formatted(asked, onboarding.id()));
    return 0;
  }

  @Override
  String next() {
    return "show " + onboarding.id();
  }
}
