package dev.slipway.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.local.client.SlipwayApi;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Starts an onboarding, or a section that was stopped. */
@Command(
    name = "start",
    header = "Start an onboarding as its plan says, or a section that was stopped.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  slipway plan hoster-example-gmbh-7sqrdz31 --api https://slipway.example --token-file token.txt",
      "  slipway start hoster-example-gmbh-7sqrdz31 --plan 3f2a... --api https://slipway.example --token-file token.txt",
      "  slipway start hoster-example-gmbh-7sqrdz31 --section billing-integration \\",
      "        --reason \"the price list is final\" --api https://slipway.example --token-file token.txt",
      ""
    })
public final class StartCommand extends ApiCommand {
  @Mixin private OnboardingParameter onboarding;

  @ArgGroup(multiplicity = "1")
  private Seen seen;

  /** Which plan. */
  private static final class Seen {
    @Option(
        names = "--plan",
        paramLabel = "HASH",
        description = "The hash of the plan that you saw; refused if another one would run now.")
    private String hash;

    @Option(names = "--yes", description = "Whatever the plan says now.")
    private boolean yes;

    @ArgGroup(exclusive = false)
    private Stopped stopped;
  }

  /** A section of the run that is under way. */
  private static final class Stopped {
    @Option(
        names = "--section",
        paramLabel = "SECTION",
        required = true,
        description = "Only this section, which was stopped or ended early; with --reason.")
    private String section;

    @Option(
        names = "--reason",
        paramLabel = "TEXT",
        required = true,
        description = "Why; it stands in the audit trail.")
    private String reason;
  }

  StartCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  int perform(SlipwayApi api) {
    if (seen.stopped != null) {
      String section = seen.stopped.section;
      api.startSection(onboarding.id(), section, seen.stopped.reason);
      say("The section %s of %s goes on.".formatted(section, onboarding.id()));
      return 0;
    }
    String hash = seen.yes ? api.plan(onboarding.id()).path("hash").asText() : seen.hash;
    JsonNode started = api.start(onboarding.id(), hash).path("onboarding");
    say("Run %d of %s starts.".formatted(started.path("run").asInt(), onboarding.id()));
    return 0;
  }
}
