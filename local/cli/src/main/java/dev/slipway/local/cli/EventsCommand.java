package dev.slipway.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.local.client.SlipwayApi;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows the audit trail. */
@Command(
    name = "events",
    header = "Show the audit trail: who did what, when and why.",
    footerHeading = "%nExample:%n",
    footer = {
      "  slipway events hoster-example-gmbh-7sqrdz31 --api https://slipway.example --token-file token.txt",
      ""
    })
public final class EventsCommand extends ApiCommand {
  @Mixin private OnboardingParameter onboarding;

  @Option(names = "--after", paramLabel = "ID", description = "Only what came after this event.")
  private String after;

  @Option(names = "--json", description = "Print each as the API answers it, one on a line.")
  private boolean json;

  EventsCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  int perform(SlipwayApi api) {
    pages(
        after,
        from -> api.events(onboarding.id(), from),
        page -> page.path("events").forEach(each -> sayEach(each, json, EventsCommand::line)));
    return 0;
  }

  private static String line(JsonNode event) {
    return "%s %s %s%s%s%s (%s)"
        .formatted(
            second(event.path("at").asText()),
            event.path("by").asText(),
            event.path("what").asText(),
            part(" ", event.path("subject").asText("")),
            part(": ", event.path("detail").asText("")),
            part(" - ", event.path("why").asText("")),
            event.path("id").asText());
  }

  private static String part(String before, String text) {
    return text.isEmpty() ? "" : before + text;
  }
}
