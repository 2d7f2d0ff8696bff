package dev.slipway.local.cli;

import dev.slipway.local.client.SlipwayApi;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Ends a probe runner. */
@Command(
    name = "revoke-probe-runner",
    header = "Do not listen to a probe runner any more, nor take its code.",
    footerHeading = "%nExample:%n",
    footer = {
      "  slipway revoke-probe-runner hoster-example-gmbh-7sqrdz31 x8k2m9q4tz \\",
      "      --reason \"the host was replaced\" --api https://slipway.example --token-file token.txt",
      ""
    })
public final class RevokeProbeRunnerCommand extends ApiCommand {
  @Mixin private OnboardingParameter onboarding;

  @Parameters(index = "1", paramLabel = "RUNNER", description = "The runner's id.")
  private String runner;

  @Mixin private ReasonOption reason;

  RevokeProbeRunnerCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  int perform(SlipwayApi api) {
    api.revokeProbeRunner(onboarding.id(), runner, reason.text());
    say("Probe runner %s is revoked.".formatted(runner));
    return 0;
  }
}
