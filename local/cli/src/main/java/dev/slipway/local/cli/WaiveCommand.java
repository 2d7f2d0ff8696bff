package dev.slipway.local.cli;

import dev.slipway.local.client.SlipwayApi;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

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
  @Mixin private TaskParameters target;

  @Mixin private ReasonOption reason;

  WaiveCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  int perform(SlipwayApi api) {
    String task = target.task(api);
    api.waive(target.onboarding(), task, reason.text());
    say("%s is done without once another manager approves.".formatted(task));
    return 0;
  }
}
