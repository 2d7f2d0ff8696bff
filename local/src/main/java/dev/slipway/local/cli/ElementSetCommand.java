package dev.slipway.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.local.client.SlipwayApi;
import java.nio.file.Path;
import java.util.OptionalLong;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Saves an element. */
@Command(
    name = "set",
    header = "Give the value of an element.",
    footerHeading = "%nExample:%n",
    footer = {
      "  slipway element set hoster-example-gmbh-7sqrdz31 platform --value '{\"domain\": \"paas.example.com\"}' ",
      "        --api https://slipway.example --token-file token.txt",
      "  slipway element set hoster-example-gmbh-7sqrdz31 mail-server --file mail-server.json --api https://slipway.example --token-file token.txt",
      ""
    })
public final class ElementSetCommand extends ApiCommand {
  @Mixin private OnboardingParameter onboarding;

  @Parameters(index = "1", paramLabel = "ELEMENT", description = "The element's id.")
  private String element;

  @ArgGroup(multiplicity = "1")
  private Value value;

  /** Where the value stands. */
  private static final class Value {
    @Option(names = "--value", paramLabel = "JSON", description = "The value itself.")
    private String text;

    @Option(
        names = "--file",
        paramLabel = "FILE",
        description = "A JSON file with the value; - is standard input.")
    private Path file;
  }

  @Option(
      names = "--version",
      paramLabel = "N",
      description =
          "The version that you saw, which the value replaces; 0: none yet. Without it, the present"
              + " one.")
  private Long version;

  ElementSetCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  int perform(SlipwayApi api) {
    JsonNode given =
        value.file == null
            ? Given.json("--value", value.text)
            : new Given("--file", value.file).json();
    long seen = version == null ? present(api) : version;
    JsonNode answer =
        api.saveElement(
            onboarding.id(),
            element,
            given,
            seen == 0 ? OptionalLong.empty() : OptionalLong.of(seen));
    say("%s is saved, version %d.".formatted(element, answer.path("version").asLong()));
    return 0;
  }

  private long present(SlipwayApi api) {
    for (JsonNode known : api.elements(onboarding.id()).path("elements")) {
      if (known.path("element").asText().equals(element)) {
        return known.path("version").asLong();
      }
    }
    return 0;
  }
}
