package dev.slipway.local.cli;

import picocli.CommandLine.Parameters;

/** The task that a command is about, and whose it is. */
final class TaskParameters {
  @Parameters(index = "0", paramLabel = "ONBOARDING", description = "The onboarding's id.")
  private String onboarding;

  @Parameters(
      index = "1",
      paramLabel = "TASK",
      description = "Such as technical-configuration.configure-smtp.")
  private String task;

  String onboarding() {
    return onboarding;
  }

  String task() {
    return task;
  }
}
