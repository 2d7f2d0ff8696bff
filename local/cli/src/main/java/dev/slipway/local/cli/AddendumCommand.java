package dev.slipway.local.cli;

import dev.slipway.local.client.SlipwayApi;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Gets an addendum to the report. */
@Command(
    name = "addendum",
    header = "Get an addendum to the report: what one look after the sign-off found.",
    footerHeading = "%nExample:%n",
    footer = {
      "  slipway addendum hoster-example-gmbh-7sqrdz31 1 --format html --out addendum.html --api https://slipway.example --token-file token.txt",
      ""
    })
public final class AddendumCommand extends ApiCommand {
  @Mixin private OnboardingParameter onboarding;

  @Parameters(
      index = "1",
      paramLabel = "NUMBER",
      description = "Its number; `slipway looks` lists them.")
  private int number;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "json",
      description = "json or html. Default: ${DEFAULT-VALUE}.")
  private String format;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Write it there instead of to standard output.")
  private Path out;

  AddendumCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  int perform(SlipwayApi api) {
    byte[] addendum = api.addendum(onboarding.id(), number, format);
    if (out == null) {
      sayBytes(addendum);
    } else {
      write(out, addendum);
    }
    return 0;
  }

  @Override
  String next() {
    return "looks " + onboarding.id();
  }
}
