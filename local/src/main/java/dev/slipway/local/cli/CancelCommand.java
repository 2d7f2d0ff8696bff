package dev.slipway.local.cli;

import dev.slipway.local.client.SlipwayApi;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Cancels an onboarding. */
@Command(
    name = "cancel",
    header = "End an onboarding before its time, for good.",
    footerHeading = "%nExample:%n",
    footer = {
      "  slipway cancel hoster-example-gmbh-7sqrdz31 --reason \"the contract was dissolved\" --api https://slipway.example --token-file token.txt",
      ""
    })
public final class CancelCommand extends ApiCommand {
  @Parameters(index = "0", paramLabel = "ONBOARDING", description = "The onboarding's id.")
  private String onboarding;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      required = true,
      description = "Why; it stands in the audit trail.")
  private String reason;

  CancelCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  int perform(SlipwayApi api) {
    api.cancel(onboarding, reason);
    say("%s is cancelled.".formatted(onboarding));
    return 0;
  }
}
