package dev.slipway.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.local.client.SlipwayApi;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Asks for a code for a probe runner. */
@Command(
    name = "enrol-probe-runner",
    header = "Get a one-time code for a probe runner inside the customer's network.",
    footerHeading = "%nExample:%n",
    footer = {
      "  slipway enrol-probe-runner hoster-example-gmbh-7sqrdz31 --name infra-host-1 \\",
      "      --api https://slipway.example --token-file token.txt",
      ""
    })
public final class EnrolProbeRunnerCommand extends ApiCommand {
  @Mixin private OnboardingParameter onboarding;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      defaultValue = "probe runner",
      description = "Its name in the report, such as the host it runs on.")
  private String name;

  EnrolProbeRunnerCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  int perform(SlipwayApi api) {
    JsonNode invited = api.enrolProbeRunner(onboarding.id(), name);
    say("Code: " + invited.path("code").asText());
    say(
        "It is shown once, works once, and until "
            + second(invited.path("expiresAt").asText())
            + ".");
    say("Inside the network: slipway probe --api URL --code CODE");
    return 0;
  }
}
