package dev.slipway.local.cli;

import dev.slipway.local.client.SlipwayApi;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says how what held somebody up was settled. */
@Command(
    name = "settle",
    header = "Say how what held somebody up was settled: they are reminded again.",
    footerHeading = "%nExample:%n",
    footer = {
      "  slipway settle hoster-example-gmbh-7sqrdz31 01KB5N6Q3T8YV2W4X6Z8A0B2C4 \\",
      "      --text \"The firewall lets you through now.\" --api https://slipway.example --token-file token.txt",
      ""
    })
public final class SettleCommand extends ApiCommand {
  @Mixin private OnboardingParameter onboarding;

  @Parameters(
      index = "1",
      paramLabel = "NOTE",
      description = "The note's id, as `slipway notes` shows it.")
  private String note;

  @Option(
      names = "--text",
      paramLabel = "TEXT",
      required = true,
      description = "How it was settled, at most 2,000 characters.")
  private String text;

  SettleCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  int perform(SlipwayApi api) {
    api.settle(onboarding.id(), note, text);
    say("It is settled.");
    return 0;
  }
}
