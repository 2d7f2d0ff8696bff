package dev.slipway.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.local.client.SlipwayApi;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Hands an item to a colleague. */
@Command(
    name = "delegate",
    header = "Hand what waits for you to a colleague, who is reminded of it from then on.",
    footerHeading = "%nExample:%n",
    footer = {
      "  slipway delegate hoster-example-gmbh-7sqrdz31 technical-configuration.configure-smtp \\",
      "      --name \"Cora Colleague\" --email cora@hoster.example --reason \"she runs the mail\" \\",
      "      --api https://slipway.example --token-file token.txt",
      ""
    })
public final class DelegateCommand extends ApiCommand {
  @Mixin private TaskParameters target;

  @Option(
      names = "--step",
      paramLabel = "STEP",
      description = "The step that waits. Without it, whichever does.")
  private String step;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      required = true,
      description = "The colleague's name.")
  private String name;

  @Option(
      names = "--email",
      paramLabel = "ADDRESS",
      required = true,
      description = "The colleague's e-mail address.")
  private String email;

  @Option(
      names = "--access",
      description =
          "The colleague needs no account: they get a link by mail, for this step only, and a code"
              + " each time they use it.")
  private boolean access;

  @Mixin private ReasonOption reason;

  DelegateCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  int perform(SlipwayApi api) {
    String task = target.task(api);
    JsonNode delegated =
        api.delegate(target.onboarding(), task, step, name, email, reason.text(), access);
    say("%s waits for %s now.".formatted(task, delegated.path("to").asText()));
    if (access) {
      GuestCommand.tell(this, delegated.path("guest"), target.onboarding());
    }
    return 0;
  }
}
