package dev.slipway.local.cli;

import dev.slipway.local.client.SlipwayApi;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Stops a run. */
@Command(
    name = "stop",
    header = "Stop the run; it can be started again at any time.",
    footerHeading = "%nExample:%n",
    footer = {
      "  slipway stop hoster-example-gmbh-7sqrdz31 --reason \"they ask for a break\" --api https://slipway.example --token-file token.txt",
      ""
    })
public final class StopCommand extends ApiCommand {
  @Parameters(index = "0", paramLabel = "ONBOARDING", description = "The onboarding's id.")
  private String onboarding;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      required = true,
      description = "Why; it stands in the audit trail.")
  private String reason;

  StopCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  int perform(SlipwayApi api) {
    api.stop(onboarding, reason);
    say("The run of %s stops.".formatted(onboarding));
    return 0;
  }
}
