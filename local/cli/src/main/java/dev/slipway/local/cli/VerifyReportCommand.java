package dev.slipway.local.cli;

import dev.slipway.local.report.ReportVerification;
import dev.slipway.local.report.Verdict;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Checks the signature of a report, with files alone. */
@Command(
    name = "verify-report",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    header = "Check that a report is the one that was signed.",
    description = {
      "",
      "Checks the detached signature of a report with the public key of the signer. Needs the"
          + " files alone: no network, no account.",
      ""
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  slipway verify-report report.json --key report.json.pub",
      "  slipway verify-report report.json --key slipway.pub --sig signed-off.sig",
      "",
      "OpenSSL says the same:",
      "  openssl dgst -sha256 -verify report.json.pub -signature report.json.sig report.json",
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:genuine",
      "1:changed after it was signed, or signed with another key",
      "2:cannot be read: a file is missing or malformed, or wrong usage"
    })
public final class VerifyReportCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(paramLabel = "FILE", description = "The report, a JSON file.")
  private Path report;

  @Option(
      names = "--key",
      required = true,
      paramLabel = "PUBLIC_KEY",
      description = "The public key, in PEM or DER.")
  private Path key;

  @Option(
      names = "--sig",
      paramLabel = "FILE",
      description = "The signature. Default: the report's name with .sig behind it.")
  private Path signature;

  VerifyReportCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Verdict verdict =
        ReportVerification.verify(
            report, key, signature == null ? ReportVerification.signatureOf(report) : signature);
    switch (verdict) {
      case Verdict.Genuine genuine -> terminal.out().println(genuine.message());
      case Verdict.NotGenuine not -> terminal.err().println("slipway: " + not.message());
      case Verdict.Unreadable unreadable ->
          terminal.err().println("slipway: " + unreadable.message());
    }
    return verdict.exitCode();
  }
}
