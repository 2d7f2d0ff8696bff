package dev.slipway.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.local.client.SlipwayApi;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Asks what another value of an element would do. */
@Command(
    name = "preview",
    header = "Say what another value of an element would do; nothing is changed.",
    footerHeading = "%nExample:%n",
    footer = {
      "  slipway element preview hoster-example-gmbh-7sqrdz31 mail-server --file mail-server.json --api https://slipway.example --token-file token.txt",
      "  slipway element set hoster-example-gmbh-7sqrdz31 mail-server --file mail-server.json --effect 5d41402a... \\",
      "        --api https://slipway.example --token-file token.txt",
      ""
    })
public final class ElementPreviewCommand extends ApiCommand {
  @Mixin private OnboardingParameter onboarding;

  @Parameters(index = "1", paramLabel = "ELEMENT", description = "The element's id.")
  private String element;

  @Mixin private GivenValue value;

  @Option(names = "--json", description = "Print it as the API answers it.")
  private boolean json;

  ElementPreviewCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  int perform(SlipwayApi api) {
    JsonNode preview = api.previewElement(onboarding.id(), element, value.json());
    if (json) {
      sayData(preview.toPrettyString());
      return 0;
    }
    EffectText.lines(preview.path("tasks"), preview.path("missing")).forEach(this::say);
    say(
        preview.path("needed").asBoolean()
            ? "What is final would change. To save it: element set with --effect "
                + preview.path("hash").asText()
            : "Nothing that is final changes: it can be saved as it is.");
    return 0;
  }
}
