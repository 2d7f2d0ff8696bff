package dev.slipway.local.cli;

import dev.slipway.local.client.SlipwayApi;
import dev.slipway.local.run.People;
import dev.slipway.local.run.Role;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Gets a token for a person. */
@Command(
    name = "token",
    header = "Get a token for a person, of a Slipway that serves on this machine.",
    description = {
      "",
      "Only `slipway serve` gives tokens, and only to a manager. Those for a Slipway that is deployed"
          + " come from its identity provider.",
      ""
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  slipway token customer --onboarding hoster-example-gmbh-7sqrdz31 --data ~/hoster > customer.txt",
      "  slipway token manager --name \"Mara Second\" --data ~/hoster > second.txt",
      "      a second manager, to approve what the first one asked for",
      "  slipway token --email kurt@hoster.example --data ~/hoster > kurt.txt",
      "      a person without any role, who was invited: see `slipway invite`",
      ""
    })
public final class TokenCommand extends ApiCommand {
  @Parameters(
      arity = "0..1",
      paramLabel = "ROLE",
      description = {
        "manager, engineer or customer; customers see the one onboarding only. Without it the person",
        "sees what invitations let them in to."
      })
  private Role role;

  @Option(
      names = "--onboarding",
      paramLabel = "ID",
      defaultValue = "",
      description = "The only one that the token is good for; a customer's names it.")
  private String onboarding;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "Who: other names are other people. Default: a name for each role.")
  private String name;

  @Option(
      names = "--email",
      paramLabel = "ADDRESS",
      defaultValue = "",
      description = {
        "The person's mail address, taken for verified: by it, and by no name, the person is",
        "known whom an element such as `onboarding-manager` names."
      })
  private String email;

  TokenCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  int perform(SlipwayApi api) {
    if (role == Role.CUSTOMER && onboarding.isEmpty()) {
      throw new InputFailure("--onboarding: say which onboarding the customer sees");
    }
    if (role == null && email.isEmpty()) {
      throw new InputFailure("--email: say to which address the person was invited");
    }
    sayData(
        api.localToken(
            role == null ? "" : role.wireName(),
            name != null ? name : role == null ? email : People.name(role, false),
            onboarding,
            email));
    return 0;
  }
}
