package dev.slipway.local.cli;

import picocli.CommandLine.Parameters;

/** The onboarding that a command is about. */
final class OnboardingParameter {
  @Parameters(index = "0", paramLabel = "ONBOARDING", description = "The onboarding's id.")
  private String onboarding;

  String id() {
    return onboarding;
  }
}
