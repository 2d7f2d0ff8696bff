package dev.slipway.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.local.client.SlipwayApi;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;

/** Tells who calls. */
@Command(
    name = "me",
    header = "Show who you are to Slipway, and which onboarding is yours.",
    footerHeading = "%nExample:%n",
    footer = {"  slipway me --api https://slipway.example --token-file token.txt", ""})
public final class MeCommand extends ApiCommand {
  MeCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  int perform(SlipwayApi api) {
    JsonNode me = api.me();
    List<String> roles = new ArrayList<>();
    me.path("roles").forEach(role -> roles.add(role.asText()));
    say(
        "%s (%s), as %s"
            .formatted(
                me.path("name").asText("without a name"),
                me.path("subject").asText(),
                String.join(", ", roles)));
    me.path("onboardings")
        .forEach(
            own ->
                say(
                    "%-40s %-10s %s"
                        .formatted(
                            own.path("id").asText(),
                            own.path("state").asText(),
                            own.path("name").asText())));
    return 0;
  }
}
