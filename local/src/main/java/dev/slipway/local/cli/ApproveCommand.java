package dev.slipway.local.cli;

import dev.slipway.local.client.SlipwayApi;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Approves a waiver. */
@Command(
    name = "approve",
    header = "Agree, as the second person, to do without a mandatory task.",
    footerHeading = "%nExample:%n",
    footer = {
      "  slipway approve hoster-example-gmbh-7sqrdz31 technical-configuration.provide-uploader-access \\",
      "        --reason \"agreed with the customer\" --api https://slipway.example --token-file token.txt",
      ""
    })
public final class ApproveCommand extends ApiCommand {
  @Parameters(index = "0", paramLabel = "ONBOARDING", description = "The onboarding's id.")
  private String onboarding;

  @Parameters(
      index = "1",
      paramLabel = "TASK",
      description = "Such as technical-configuration.provide-uploader-access.")
  private String task;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      required = true,
      description = "Why; it stands in the audit trail and in the report.")
  private String reason;

  ApproveCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  int perform(SlipwayApi api) {
    api.approve(onboarding, task, reason);
    say("%s is done without.".formatted(task));
    return 0;
  }
}
