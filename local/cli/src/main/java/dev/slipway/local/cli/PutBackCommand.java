package dev.slipway.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.local.client.SlipwayApi;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Puts settings back. */
@Command(
    name = "put-back",
    header = "Put the settings that a task changed back to what stood there before.",
    footerHeading = "%nExample:%n",
    footer = {
      "  slipway put-back hoster-example-gmbh-7sqrdz31 technical-configuration.configure-smtp \\",
      "        --reason \"the new mail server is not ready yet\" --api https://slipway.example --token-file token.txt",
      ""
    })
public final class PutBackCommand extends ApiCommand {
  @Mixin private TaskParameters target;

  @Mixin private ReasonOption reason;

  PutBackCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  int perform(SlipwayApi api) {
    String task = target.task(api);
    JsonNode settings = api.putBack(target.onboarding(), task, reason.text()).path("settings");
    say("%s puts back what stood there before:".formatted(task));
    for (var change : settings.properties()) {
      say("  %s: %s".formatted(change.getKey(), change.getValue()));
    }
    say("After that it waits to be retried, skipped or waived.");
    return 0;
  }
}
