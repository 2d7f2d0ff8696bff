package dev.slipway.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.local.client.SlipwayApi;
import dev.slipway.local.run.ExpectedEndText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows how far all onboardings are. */
@Command(
    name = "portfolio",
    header = "Show how far all onboardings are, and on whom each waits.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  slipway portfolio --api https://slipway.example --token-file token.txt",
      "  slipway portfolio --show overdue --data ~/hoster",
      ""
    })
public final class PortfolioCommand extends ApiCommand {
  @Option(
      names = "--show",
      paramLabel = "WHICH",
      description =
          "Only these: overdue, failed, blocked, waiver (for a second person), customer or vendor"
              + " (that wait for them).")
  private String which;

  @Option(names = "--json", description = "Print each as the API answers it, one on a line.")
  private boolean json;

  PortfolioCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  int perform(SlipwayApi api) {
    pages(
        null,
        cursor -> api.portfolio(which == null ? null : which.toUpperCase(Locale.ROOT), cursor),
        page ->
            page.path("onboardings").forEach(each -> sayEach(each, json, PortfolioCommand::line)));
    return 0;
  }

  private static String line(JsonNode each) {
    List<String> waits = new ArrayList<>();
    for (JsonNode wait : each.path("waits")) {
      waits.add(
          "%s (%d)"
              .formatted(
                  wait.path("party").asText().toLowerCase(Locale.ROOT).replace('_', ' '),
                  wait.path("count").asInt()));
    }
    List<String> attention = new ArrayList<>();
    for (String what : List.of("failed", "overdue", "blocked", "waivers")) {
      if (each.path(what).asInt() > 0) {
        attention.add(each.path(what).asInt() + " " + what);
      }
    }
    return "%-40s %-10s %d of %d settled; %s%s"
        .formatted(
            each.path("id").asText(),
            each.path("state").asText(),
            each.at("/progress/settled").asInt(),
            each.at("/progress/total").asInt(),
            waits.isEmpty() ? "waits for nobody" : "waits for " + String.join(", ", waits),
            (attention.isEmpty() ? "" : "; " + String.join(", ", attention))
                + (each.has("expected")
                    ? "; can end " + ExpectedEndText.brief(each.path("expected"))
                    : ""));
  }

  @Override
  String next() {
    return "show ONBOARDING";
  }
}
