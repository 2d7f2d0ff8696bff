package dev.slipway.local.cli;

import dev.slipway.local.client.SlipwayApi;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Asks for a waiver. */
@Command(
    name = "waive",
    header = "Ask to do without a mandatory task; a second person has to approve.",
    footerHeading = "%nExample:%n",
    footer = {
      "  slipway waive hoster-example-gmbh-7sqrdz31 technical-configuration.provide-uploader-access \\",
      "        --reason \"the hoster needs no uploads\" --api https://slipway.example --token-file token.txt",
      ""
    })
public final class WaiveCommand extends ApiCommand {
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

  WaiveCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  int perform(SlipwayApi api) {
    api.waive(onboarding, task, reason);
    say("%s is done without once a manager who is somebody else approves.".formatted(task));
    return 0;
  }
}
