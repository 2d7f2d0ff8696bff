package dev.slipway.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.local.client.SlipwayApi;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Invites a person into an onboarding. */
@Command(
    name = "invite",
    header = "Invite a person of the customer's: they get a link by mail, good for 14 days.",
    footerHeading = "%nExample:%n",
    footer = {
      "  slipway invite hoster-example-gmbh-7sqrdz31 --name \"Kurt Kollege\" --email kurt@hoster.example \\",
      "      --api https://slipway.example --token-file token.txt",
      ""
    })
public final class InviteCommand extends ApiCommand {
  @Mixin private OnboardingParameter onboarding;

  @Option(names = "--name", paramLabel = "NAME", required = true, description = "Who.")
  private String name;

  @Option(
      names = "--email",
      paramLabel = "ADDRESS",
      required = true,
      description = "The person's mail address; only an account with it can use the link.")
  private String email;

  InviteCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  int perform(SlipwayApi api) {
    JsonNode invited = api.invite(onboarding.id(), name, email);
    sayLink(
        invited,
        "A mail went to %s. To see who came: slipway people %s".formatted(email, onboarding.id()));
    return 0;
  }
}
