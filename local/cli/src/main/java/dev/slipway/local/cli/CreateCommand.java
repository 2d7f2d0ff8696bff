package dev.slipway.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.local.client.SlipwayApi;
import java.util.UUID;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Creates an onboarding. */
@Command(
    name = "create",
    header = "Create an onboarding.",
    description = {"", "Prints its id, and nothing else.", ""},
    footerHeading = "%nExample:%n",
    footer = {
      "  slipway create hosting-provider \"Hoster Example GmbH\" --api https://slipway.example --token-file token.txt",
      ""
    })
public final class CreateCommand extends ApiCommand {
  @Parameters(
      index = "0",
      paramLabel = "CHECKLIST",
      description = "The checklist's name, such as hosting-provider.")
  private String checklist;

  @Parameters(index = "1", paramLabel = "NAME", description = "The customer's name, for people.")
  private String name;

  @Option(
      names = "--key",
      paramLabel = "KEY",
      description =
          "Makes it safe to repeat the command: with the same key it answers the same onboarding.")
  private String key;

  private String id;

  CreateCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  int perform(SlipwayApi api) {
    JsonNode created =
        api.create(checklist, name, key == null ? UUID.randomUUID().toString() : key)
            .path("onboarding");
    id = created.path("id").asText();
    say(id);
    return 0;
  }

  @Override
  String next() {
    return "element list " + id;
  }
}
