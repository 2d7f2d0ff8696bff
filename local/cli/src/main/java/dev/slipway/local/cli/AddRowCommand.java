package dev.slipway.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.json.Json;
import dev.slipway.local.client.SlipwayApi;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Adds a row. */
@Command(
    name = "add-row",
    header = "Add a row to one onboarding, which a person accomplishes and states.",
    description = {
      "",
      "It is in plan, status and report from then on, and is answered (step `do`), skipped and waived as any other. A mandatory row holds the sign-off.",
      ""
    },
    footerHeading = "%nExample:%n",
    footer = {
      "  slipway add-row hoster-example-gmbh-7sqrdz31 technical-configuration --title \"Firewall report\" \\",
      "        --instructions \"Hand over the report of your audit.\" --party customer --due-days 5 --file-needed \\",
      "        --reason \"their auditors ask for it\" --api https://slipway.example --token-file token.txt",
      ""
    })
public final class AddRowCommand extends ApiCommand {
  @Mixin private OnboardingParameter onboarding;

  @Parameters(
      index = "1",
      paramLabel = "SECTION",
      description = "To which it belongs, such as technical-configuration.")
  private String section;

  @Option(names = "--title", paramLabel = "TEXT", required = true, description = "The row's title.")
  private String title;

  @Option(
      names = "--instructions",
      paramLabel = "TEXT",
      required = true,
      description = "Exactly what to do.")
  private String instructions;

  @Option(
      names = "--party",
      paramLabel = "PARTY",
      required = true,
      description = "The party that does it: customer, vendor or third-party.")
  private String party;

  @Option(
      names = "--due-days",
      paramLabel = "N",
      required = true,
      description = "How many days the party has from now.")
  private int dueDays;

  @Option(names = "--optional", description = "Nothing waits for it; otherwise it is mandatory.")
  private boolean optional;

  @Option(names = "--file-needed", description = "A file has to be handed over as evidence.")
  private boolean fileNeeded;

  @Mixin private ReasonOption reason;

  AddRowCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  int perform(SlipwayApi api) {
    ObjectNode row = Json.MAPPER.createObjectNode();
    row.put("section", section).put("title", title).put("instructions", instructions);
    row.put("party", party).put("dueDays", dueDays);
    row.put("requirement", optional ? "optional" : "mandatory");
    row.put("fileNeeded", fileNeeded).put("reason", reason.text());
    JsonNode added = api.addRow(onboarding.id(), row);
    say(added.path("task").asText());
    say(
        "%s waits for the %s until %s."
            .formatted(added.path("row").asText(), party, added.path("due").asText()));
    return 0;
  }
}
