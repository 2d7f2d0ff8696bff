package dev.slipway.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.local.client.SlipwayApi;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lets a person without an account give one element or hand in one credential. */
@Command(
    name = "guest",
    header = "Let a person without an account give one element, or hand in one credential.",
    description = {
      "",
      "They get a link by mail, good for 14 days, and a code each time they use it. A step of a task"
          + " is handed on by `slipway delegate --access`.",
      ""
    },
    footerHeading = "%nExample:%n",
    footer = {
      "  slipway guest hoster-example-gmbh-7sqrdz31 --name \"Ilse Install\" --email ilse@installer.example \\",
      "      --element mail-server --api https://slipway.example --token-file token.txt",
      ""
    })
public final class GuestCommand extends ApiCommand {
  @Mixin private OnboardingParameter onboarding;

  @Option(names = "--name", paramLabel = "NAME", required = true, description = "Who.")
  private String name;

  @Option(
      names = "--email",
      paramLabel = "ADDRESS",
      required = true,
      description = "Where the link and the codes go.")
  private String email;

  @ArgGroup(multiplicity = "1")
  private About about;

  /** The one thing. */
  private static final class About {
    @Option(names = "--element", paramLabel = "ELEMENT", description = "The element to give.")
    private String element;

    @Option(
        names = "--credential",
        paramLabel = "SYSTEM",
        description = "The system whose access data to hand in.")
    private String credential;
  }

  GuestCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  int perform(SlipwayApi api) {
    boolean isElement = about.element != null;
    JsonNode granted =
        api.grantGuest(
            onboarding.id(),
            name,
            email,
            isElement ? "element" : "credential",
            isElement ? about.element : about.credential);
    tell(this, granted, onboarding.id());
    return 0;
  }

  /** Says of an access that was granted how it goes on. */
  static void tell(ApiCommand command, JsonNode granted, String onboarding) {
    command.sayLink(
        granted,
        "The link went out by mail. To end the access: slipway end %s %s --reason \"why\""
            .formatted(onboarding, granted.path("id").asText()));
  }
}
