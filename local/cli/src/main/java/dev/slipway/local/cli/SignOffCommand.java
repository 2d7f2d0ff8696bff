package dev.slipway.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.local.client.SlipwayApi;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Signs an onboarding off. */
@Command(
    name = "sign-off",
    header = "Freeze the report and sign it; nothing changes the onboarding after that.",
    footerHeading = "%nExample:%n",
    footer = {
      "  slipway sign-off hoster-example-gmbh-7sqrdz31 --api https://slipway.example --token-file token.txt",
      ""
    })
public final class SignOffCommand extends ApiCommand {
  @Mixin private OnboardingParameter onboarding;

  @Option(names = "--reason", paramLabel = "TEXT", description = "The reason of the sign-off.")
  private String reason = "";

  SignOffCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  int perform(SlipwayApi api) {
    JsonNode signed = api.signOff(onboarding.id(), reason);
    say("Signed off: report SHA-256 %s".formatted(signed.at("/signOff/sha256").asText()));
    say(
        "Its secrets and personal data are erased on %s."
            .formatted(signed.at("/onboarding/eraseAt").asText()));
    return 0;
  }

  @Override
  String next() {
    return "report " + onboarding.id() + " --out report.json --signature";
  }
}
