package dev.slipway.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.local.client.SlipwayApi;
import java.net.URLConnection;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Hands over a file. */
@Command(
    name = "upload",
    header = "Hand over a file, such as a logo or a template.",
    description = {"", "Prints its SHA-256, by which an element names it.", ""},
    footerHeading = "%nExample:%n",
    footer = {
      "  slipway file upload hoster-example-gmbh-7sqrdz31 logo.png --api https://slipway.example --token-file token.txt",
      ""
    })
public final class FileUploadCommand extends ApiCommand {
  @Mixin private OnboardingParameter onboarding;

  @Parameters(index = "1", paramLabel = "FILE", description = "The file, 1 MiB at most.")
  private Path file;

  @Option(
      names = "--type",
      paramLabel = "TYPE",
      description = "Its media type, such as image/png. Without it, by its name.")
  private String type;

  FileUploadCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  int perform(SlipwayApi api) {
    JsonNode kept =
        api.uploadFile(
            onboarding.id(),
            new InputFile("FILE", file).bytes(),
            file.getFileName().toString(),
            type == null ? byName() : type);
    say(kept.path("sha256").asText());
    return 0;
  }

  private String byName() {
    String guessed = URLConnection.guessContentTypeFromName(file.getFileName().toString());
    return guessed == null ? "application/octet-stream" : guessed;
  }
}
