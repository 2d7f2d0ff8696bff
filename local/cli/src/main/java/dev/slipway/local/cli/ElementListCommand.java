package dev.slipway.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.local.client.SlipwayApi;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists elements and credentials. */
@Command(
    name = "list",
    header = "List what is asked for, and what was given; of credentials only the grades.",
    footerHeading = "%nExample:%n",
    footer = {
      "  slipway element list hoster-example-gmbh-7sqrdz31 --api https://slipway.example --token-file token.txt",
      ""
    })
public final class ElementListCommand extends ApiCommand {
  @Mixin private OnboardingParameter onboarding;

  @Option(
      names = "--json",
      description = "Print them as the API answers them, with the JSON Schema of each.")
  private boolean json;

  ElementListCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  int perform(SlipwayApi api) {
    JsonNode answer = api.elements(onboarding.id());
    if (json) {
      sayData(answer.toPrettyString());
      return 0;
    }
    for (JsonNode element : answer.path("elements")) {
      long version = element.path("version").asLong();
      say(
          "%-30s %s: %s"
              .formatted(
                  element.path("element").asText(),
                  ask(element),
                  version == 0
                      ? "not given"
                      : "version %d, by %s: %s"
                          .formatted(version, element.path("by").asText(), element.path("value"))));
    }
    for (JsonNode credential : answer.path("credentials")) {
      say(
          "%-30s %s: %s"
              .formatted(
                  "credential " + credential.path("system").asText(),
                  ask(credential),
                  credential.hasNonNull("grade")
                      ? credential.path("grade").asText()
                          + " "
                          + credential.path("message").asText("")
                      : "not given"));
    }
    return 0;
  }

  private static String ask(JsonNode asked) {
    JsonNode row = asked.path("row");
    return "%s%s (%s, from %s)"
        .formatted(
            row.isObject()
                ? "%s %s, ".formatted(row.path("row").asText(), row.path("outcome").asText())
                : "",
            asked.path("title").asText(),
            asked.path("requirement").asText().toLowerCase(Locale.ROOT),
            asked.path("party").asText().toLowerCase(Locale.ROOT));
  }

  @Override
  String next() {
    return "plan " + onboarding.id();
  }
}
