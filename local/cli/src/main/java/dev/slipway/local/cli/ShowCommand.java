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

  @Option(
      names = "--task",
      paramLabel = "TASK",
      description =
          "Print everything about one task, or one instance (task@instance), as the API answers it.")
  private String task;

  @Option(names = "--json", description = "Print it as the API answers it.")
  private boolean json;

  ShowCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  int perform(SlipwayApi api) {
    if (task != null) {
      say(api.oneTask(onboarding.id(), task).toPrettyString());
      return 0;
    }
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
