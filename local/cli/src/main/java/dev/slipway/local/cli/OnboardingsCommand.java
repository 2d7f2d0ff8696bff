package dev.slipway.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.local.client.SlipwayApi;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists onboardings. */
@Command(
    name = "onboardings",
    header = "List the onboardings that you may see.",
    footerHeading = "%nExample:%n",
    footer = {"  slipway onboardings --api https://slipway.example --token-file token.txt", ""})
public final class OnboardingsCommand extends ApiCommand {
  @Option(names = "--json", description = "Print them as the API answers them.")
  private boolean json;

  OnboardingsCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  int perform(SlipwayApi api) {
    for (JsonNode each : api.all()) {
      if (json) {
        sayData(each.toString());
      } else {
        say(
            "%-40s %-10s run %-3d %s (%s %s)"
                .formatted(
                    each.path("id").asText(),
                    each.path("state").asText(),
                    each.path("run").asInt(),
                    each.path("name").asText(),
                    each.path("checklist").asText(),
                    each.path("checklistVersion").asText()));
      }
    }
    return 0;
  }

  @Override
  String next() {
    return "show ONBOARDING";
  }
}
