package dev.slipway.local.cli;

import picocli.CommandLine.Option;

/** The reason of an act that cannot be understood without one. */
final class ReasonOption {
  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      required = true,
      description = "Why; it stands in the audit trail and in the report.")
  private String reason;

  String text() {
    return reason;
  }
}
