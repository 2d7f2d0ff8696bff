package dev.slipway.local.cli;

import dev.slipway.local.client.SlipwayApi;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

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
  @Mixin private TaskParameters target;

  @Mixin private ReasonOption reason;

  SkipCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  int perform(SlipwayApi api) {
    String task = target.task(api);
    api.skip(target.onboarding(), task, reason.text());
    say("%s is skipped.".formatted(task));
    return 0;
  }
}
