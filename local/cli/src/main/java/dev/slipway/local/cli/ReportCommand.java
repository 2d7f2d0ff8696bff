package dev.slipway.local.cli;

import dev.slipway.local.client.SlipwayApi;
import dev.slipway.local.report.ReportVerification;
import java.nio.file.Path;
import java.util.Base64;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Gets the report. */
@Command(
    name = "report",
    header = "Get the report: every row with its outcome and evidence.",
    footerHeading = "%nExample:%n",
    footer = {
      "  slipway report hoster-example-gmbh-7sqrdz31 --format html --out report.html --api https://slipway.example --token-file token.txt",
      "  slipway report hoster-example-gmbh-7sqrdz31 --out report.json --signature --api https://slipway.example --token-file token.txt",
      ""
    })
public final class ReportCommand extends ApiCommand {
  @Mixin private OnboardingParameter onboarding;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "json",
      description = "json, markdown or html. Default: ${DEFAULT-VALUE}.")
  private String format;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Write it there instead of to standard output.")
  private Path out;

  @Option(
      names = "--signature",
      description = "Of a signed-off onboarding: write the signature beside it, as FILE.sig.")
  private boolean signature;

  ReportCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  int perform(SlipwayApi api) {
    if (signature && (out == null || !format.equals("json"))) {
      throw new InputFailure("--signature: goes with --out FILE and the format json");
    }
    byte[] report = api.report(onboarding.id(), format);
    if (out == null) {
      sayBytes(report);
      return 0;
    }
    write(out, report);
    if (signature) {
      write(
          ReportVerification.signatureOf(out),
          Base64.getDecoder().decode(api.signOff(onboarding.id()).path("signature").asText()));
    }
    return 0;
  }
}
