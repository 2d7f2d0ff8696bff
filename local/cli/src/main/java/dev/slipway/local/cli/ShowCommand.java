package dev.slipway.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.local.client.SlipwayApi;
import dev.slipway.local.run.OpenWorkText;
import dev.slipway.local.run.PromotionText;
import dev.slipway.local.run.StatusReader;
import dev.slipway.local.run.StatusText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows one onboarding. */
@Command(
    name = "show",
    header = "Show where an onboarding stands, and exactly what is asked of whom.",
    footerHeading = "%nExample:%n",
    footer = {
      "  slipway show hoster-example-gmbh-7sqrdz31 --api https://slipway.example --token-file"
          + " token.txt",
      ""
    })
public final class ShowCommand extends ApiCommand {
  @Mixin private OnboardingParameter onboarding;

  @Option(names = "--json", description = "Print it as the API answers it.")
  private boolean json;

  ShowCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  int perform(SlipwayApi api) {
    JsonNode answer = api.onboarding(onboarding.id());
    if (json) {
      say(answer.toPrettyString());
      return 0;
    }
    StatusText.lines(StatusReader.read(answer)).forEach(this::say);
    PromotionText.lines(answer).forEach(this::say);
    new OpenWorkText(place()::options).lines(answer).forEach(this::say);
    JobsText.lines(api.probeRunners(onboarding.id())).forEach(this::say);
    return 0;
  }
}
