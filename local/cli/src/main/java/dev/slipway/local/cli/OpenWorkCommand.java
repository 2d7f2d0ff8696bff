package dev.slipway.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.local.client.SlipwayApi;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists what a party is asked for, in all onboardings. */
@Command(
    name = "open-work",
    header = "List what a party is asked for in all onboardings, the earliest due first.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  slipway open-work --api https://slipway.example --token-file token.txt",
      "  slipway open-work --party second-person --data ~/hoster",
      ""
    })
public final class OpenWorkCommand extends ApiCommand {
  @Option(
      names = "--party",
      paramLabel = "PARTY",
      defaultValue = "vendor",
      description =
          "vendor, customer, third-party, or second-person for waivers that wait for their second"
              + " person. Default: ${DEFAULT-VALUE}.")
  private String party;

  @Option(names = "--json", description = "Print each as the API answers it, one on a line.")
  private boolean json;

  OpenWorkCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  int perform(SlipwayApi api) {
    String wanted = constant(party);
    pages(
        null,
        cursor -> api.openWork(wanted, cursor),
        page -> page.path("work").forEach(each -> sayEach(each, json, OpenWorkCommand::line)));
    return 0;
  }

  private static String line(JsonNode each) {
    JsonNode work = each.path("work");
    return "%s  %s: %s%s%s"
        .formatted(
            work.hasNonNull("due") ? second(work.path("due").asText()) : "no date             ",
            each.path("name").asText(),
            work.path("title").asText(),
            work.hasNonNull("stepTitle") ? ", " + work.path("stepTitle").asText() : "",
            work.path("overdue").asBoolean() ? " (overdue)" : "");
  }

  @Override
  String next() {
    return "show ONBOARDING";
  }
}
