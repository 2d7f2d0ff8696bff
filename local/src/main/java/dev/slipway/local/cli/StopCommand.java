package dev.slipway.local.cli;

import dev.slipway.local.client.SlipwayApi;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Stops a run. */
@Command(
    name = "stop",
    header = "Stop the run; it can be started again at any time.",
    footerHeading = "%nExample:%n",
    footer = {
      "  slipway stop hoster-example-gmbh-7sqrdz31 --reason \"they ask for a break\" --api https://slipway.example --token-file token.txt",
      ""
    })
public final class StopCommand extends ApiCommand {
  @Mixin private OnboardingParameter onboarding;

  @Mixin private ReasonOption reason;

  StopCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  int perform(SlipwayApi api) {
    api.stop(onboarding.id(), reason.text());
    say("The run of %s stops.".formatted(onboarding.id()));
    return 0;
  }
}
