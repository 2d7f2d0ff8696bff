package dev.slipway.local.cli;

import dev.slipway.local.client.SlipwayApi;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Ends a membership or an invitation. */
@Command(
    name = "end",
    header = "End a membership, or an invitation: the person sees the onboarding no more.",
    footerHeading = "%nExample:%n",
    footer = {
      "  slipway end hoster-example-gmbh-7sqrdz31 01KB5N6Q3T8YV2W4X6Z8A0B2C4 \\",
      "      --reason \"he has left the company\" --api https://slipway.example --token-file token.txt",
      ""
    })
public final class EndCommand extends ApiCommand {
  @Mixin private OnboardingParameter onboarding;

  @Parameters(
      index = "1",
      paramLabel = "PERSON",
      description = "The id of the member or invitation, as `slipway people` shows it.")
  private String person;

  @Mixin private ReasonOption reason;

  EndCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  int perform(SlipwayApi api) {
    api.endPerson(onboarding.id(), person, reason.text());
    say("It is ended.");
    return 0;
  }
}
