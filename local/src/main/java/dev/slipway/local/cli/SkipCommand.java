package dev.slipway.local.cli;

import dev.slipway.local.client.SlipwayApi;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Skips a task. */
@Command(
    name = "skip",
    header = "Do without an optional task.",
    footerHeading = "%nExample:%n",
    footer = {
      "  slipway skip hoster-example-gmbh-7sqrdz31 technical-configuration.set-up-monitoring \\",
      "        --reason \"they have a monitoring of their own\" --api https://slipway.example --token-file token.txt",
      ""
    })
public final class SkipCommand extends ApiCommand {
  @Parameters(index = "0", paramLabel = "ONBOARDING", description = "The onboarding's id.")
  private String onboarding;

  @Parameters(
      index = "1",
      paramLabel = "TASK",
      description = "Such as technical-configuration.set-up-monitoring.")
  private String task;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      required = true,
      description = "Why; it stands in the audit trail and in the report.")
  private String reason;

  SkipCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  int perform(SlipwayApi api) {
    api.skip(onboarding, task, reason);
    say("%s is skipped.".formatted(task));
    return 0;
  }
}
