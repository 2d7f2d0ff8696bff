package dev.slipway.local.cli;

import dev.slipway.local.client.SlipwayApi;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Stops a run, or one section of it. */
@Command(
    name = "stop",
    header = "Stop the run or one section of it; either can be started again at any time.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  slipway stop hoster-example-gmbh-7sqrdz31 --reason \"they ask for a break\" --api https://slipway.example --token-file token.txt",
      "  slipway stop hoster-example-gmbh-7sqrdz31 --section billing-integration \\",
      "        --reason \"the price list is being changed\" --api https://slipway.example --token-file token.txt",
      ""
    })
public final class StopCommand extends ApiCommand {
  @Mixin private OnboardingParameter onboarding;

  @Option(
      names = "--section",
      paramLabel = "SECTION",
      description = "Only this section; the others go on.")
  private String section;

  @Mixin private ReasonOption reason;

  StopCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  int perform(SlipwayApi api) {
    if (section == null) {
      api.stop(onboarding.id(), reason.text());
      say("The run of %s stops.".formatted(onboarding.id()));
    } else {
      api.stopSection(onboarding.id(), section, reason.text());
      say("The section %s of %s stops.".formatted(section, onboarding.id()));
    }
    return 0;
  }

  @Override
  String next() {
    return section == null
        ? "plan " + onboarding.id()
        : "start %s --section %s --reason \"...\"".formatted(onboarding.id(), section);
  }
}
