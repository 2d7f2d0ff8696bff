package dev.slipway.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.local.client.SlipwayApi;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows the files. */
@Command(
    name = "list",
    header = "Show the files: handed over by people, and written by Slipway.",
    description = {"", "One line each: SHA-256, size in bytes, name, by whom and when.", ""},
    footerHeading = "%nExample:%n",
    footer = {
      "  slipway file list hoster-example-gmbh-7sqrdz31 --api https://slipway.example --token-file token.txt",
      ""
    })
public final class FileListCommand extends ApiCommand {
  @Mixin private OnboardingParameter onboarding;

  FileListCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  int perform(SlipwayApi api) {
    JsonNode files = api.files(onboarding.id());
    for (JsonNode file : files) {
      say(
          "%s  %8d  %s  (%s, %s)"
              .formatted(
                  file.path("sha256").asText(),
                  file.path("bytes").asInt(),
                  file.path("name").asText(),
                  file.path("by").asText(),
                  second(file.path("at").asText())));
    }
    if (files.isEmpty()) {
      say("No files.");
    }
    return 0;
  }
}
