package dev.slipway.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.local.client.SlipwayApi;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Cancels an onboarding. */
@Command(
    name = "cancel",
    header = "End an onboarding before its time, for good.",
    footerHeading = "%nExample:%n",
    footer = {
      "  slipway cancel hoster-example-gmbh-7sqrdz31 --reason \"the contract was dissolved\" --api https://slipway.example --token-file token.txt",
      ""
    })
public final class CancelCommand extends ApiCommand {
  @Mixin private OnboardingParameter onboarding;

  @Mixin private ReasonOption reason;

  CancelCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  int perform(SlipwayApi api) {
    JsonNode cancelled = api.cancel(onboarding.id(), reason.text()).path("onboarding");
    say("%s is cancelled.".formatted(onboarding.id()));
    say(
        "Its secrets and personal data are erased on %s."
            .formatted(cancelled.path("eraseAt").asText()));
    return 0;
  }

  @Override
  String next() {
    return "report " + onboarding.id() + " --out report.json";
  }
}
