package dev.slipway.local.cli;

import dev.slipway.local.client.SlipwayApi;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

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
  @Mixin private TaskParameters target;

  @Mixin private ReasonOption reason;

  ApproveCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  int perform(SlipwayApi api) {
    api.approve(target.onboarding(), target.task(), reason.text());
    say("%s is done without.".formatted(target.task()));
    return 0;
  }
}
