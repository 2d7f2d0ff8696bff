package dev.slipway.local.cli;

import dev.slipway.local.client.SlipwayApi;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Asks for another attempt. */
@Command(
    name = "retry",
    header = "Have a task performed again.",
    footerHeading = "%nExample:%n",
    footer = {
      "  slipway retry hoster-example-gmbh-7sqrdz31 technical-configuration.configure-smtp \\",
      "        --reason \"the firewall was opened\" --api https://slipway.example --token-file token.txt",
      ""
    })
public final class RetryCommand extends ApiCommand {
  @Parameters(index = "0", paramLabel = "ONBOARDING", description = "The onboarding's id.")
  private String onboarding;

  @Parameters(
      index = "1",
      paramLabel = "TASK",
      description = "Such as technical-configuration.configure-smtp.")
  private String task;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      required = true,
      description = "Why; it stands in the audit trail.")
  private String reason;

  RetryCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  int perform(SlipwayApi api) {
    api.retry(onboarding, task, reason);
    say("%s is performed again.".formatted(task));
    return 0;
  }
}
