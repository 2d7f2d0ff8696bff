package dev.slipway.local.cli;

import dev.slipway.local.client.SlipwayApi;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

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
  @Mixin private TaskParameters target;

  @Mixin private ReasonOption reason;

  RetryCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  int perform(SlipwayApi api) {
    String task = target.task(api);
    api.retry(target.onboarding(), task, reason.text());
    say("%s is performed again.".formatted(task));
    return 0;
  }
}
