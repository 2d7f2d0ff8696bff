package dev.slipway.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.local.client.SlipwayApi;
import dev.slipway.local.customer.ElementText;
import dev.slipway.local.lint.Nearest;
import dev.slipway.local.run.ElementStatus;
import dev.slipway.local.run.Wording;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shows one element. */
@Command(
    name = "show",
    header = "Show one element: what it is, its fields with an example, and what was given.",
    footerHeading = "%nExample:%n",
    footer = {
      "  slipway element show hoster-example-gmbh-7sqrdz31 mail-server --api https://slipway.example --token-file token.txt",
      ""
    })
public final class ElementShowCommand extends ApiCommand {
  @Mixin private OnboardingParameter onboarding;

  @Parameters(
      index = "1",
      paramLabel = "ELEMENT",
      description = "The element's id, or a credential's system.")
  private String element;

  ElementShowCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  int perform(SlipwayApi api) {
    JsonNode all = api.elements(onboarding.id());
    List<JsonNode> asked = new ArrayList<>();
    all.path("elements").forEach(asked::add);
    all.path("credentials").forEach(asked::add);
    List<JsonNode> meant = asked.stream().filter(each -> name(each).equals(element)).toList();
    if (meant.isEmpty()) {
      throw new InputFailure(
          "%s is not asked for as things stand%s"
              .formatted(
                  element,
                  new Nearest(asked.stream().map(ElementShowCommand::name).toList())
                      .hint(element)));
    }
    meant.forEach(this::show);
    return 0;
  }

  private static String name(JsonNode asked) {
    return asked.path("element").asText(asked.path("system").asText());
  }

  private void show(JsonNode asked) {
    boolean credential = asked.has("system");
    say(
        "%s%s: %s (%s, from %s)"
            .formatted(
                credential ? "credential " : "",
                name(asked),
                asked.path("title").asText(),
                asked.path("requirement").asText().toLowerCase(Locale.ROOT),
                Wording.party(asked.path("party").asText())));
    say("  " + asked.path("guidance").asText());
    if (asked.has("row")) {
      new ElementStatus(asked.path("row")).linesWithEvidence().forEach(this::say);
    }
    if (credential) {
      say("Fields:");
      asked
          .path("schema")
          .path("properties")
          .properties()
          .forEach(
              field ->
                  say(
                      "  %s: %s"
                          .formatted(field.getKey(), field.getValue().path("title").asText())));
      say(
          asked.has("grade")
              ? "Given by %s, %s: %s %s"
                  .formatted(
                      asked.path("by").asText(),
                      second(asked.path("at").asText()),
                      asked.path("grade").asText(),
                      asked.path("message").asText(""))
              : "Not given.");
      return;
    }
    say("Example:");
    new ElementText().of(element, asked.path("schema")).forEach(line -> sayAsIs("  " + line));
    if (asked.path("version").asLong() == 0) {
      say("Not given.");
      return;
    }
    say(
        "Given: version %d, by %s, %s:"
            .formatted(
                asked.path("version").asLong(),
                asked.path("by").asText(),
                second(asked.path("at").asText())));
    ElementText.value(element, asked.path("value")).forEach(line -> sayAsIs("  " + line));
  }
}
