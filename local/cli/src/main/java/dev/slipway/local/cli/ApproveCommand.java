package dev.slipway.local.cli;

import dev.slipway.local.client.SlipwayApi;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Approves a waiver. */
@Command(
    name = "approve",
    header = "Agree, as the second person, to do without a mandatory task, or refuse it.",
    description = {"", "The person who asked for the waiver takes it back by refusing it.", ""},
    footerHeading = "%nExample:%n",
    footer = {
      "  slipway approve hoster-example-gmbh-7sqrdz31 technical-configuration.provide-uploader-access \\",
      "        --reason \"agreed with the customer\" --api https://slipway.example --token-file token.txt",
      ""
    })
public final class ApproveCommand extends ApiCommand {
  @Mixin private TaskParameters target;

  @Mixin private ReasonOption reason;

  @Option(names = "--refuse", description = "The task is not done without.")
  private boolean refused;

  ApproveCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  int perform(SlipwayApi api) {
    String task = target.task(api);
    if (refused) {
      api.refuse(target.onboarding(), task, reason.text());
      say("%s is not done without.".formatted(task));
      return 0;
    }
    api.approve(target.onboarding(), task, reason.text());
    say("%s is done without.".formatted(task));
    return 0;
  }
}
