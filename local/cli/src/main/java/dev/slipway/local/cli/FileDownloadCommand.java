package dev.slipway.local.cli;

import dev.slipway.local.client.SlipwayApi;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Gets a file. */
@Command(
    name = "download",
    header = "Get a file, such as the hand-over pack.",
    description = {
      "",
      "Writes it to standard output, or with --out into a file, and makes sure that it is the one.",
      ""
    },
    footerHeading = "%nExample:%n",
    footer = {
      "  slipway file download hoster-example-gmbh-7sqrdz31 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08 --out hand-over.md --api https://slipway.example --token-file token.txt",
      ""
    })
public final class FileDownloadCommand extends ApiCommand {
  @Mixin private OnboardingParameter onboarding;

  @Parameters(
      index = "1",
      paramLabel = "SHA256",
      description = "As `slipway file list`, an upload, or a mail names it.")
  private String sha256;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Write it there instead of to standard output.")
  private Path out;

  FileDownloadCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  int perform(SlipwayApi api) {
    byte[] content = api.file(onboarding.id(), sha256);
    if (out == null) {
      sayBytes(content);
    } else {
      write(out, content);
    }
    return 0;
  }
}
