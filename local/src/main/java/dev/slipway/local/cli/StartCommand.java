package dev.slipway.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.local.client.SlipwayApi;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Starts an onboarding. */
@Command(
    name = "start",
    header = "Start an onboarding as its plan says.",
    footerHeading = "%nExample:%n",
    footer = {
      "  slipway plan hoster-example-gmbh-7sqrdz31 --api https://slipway.example --token-file token.txt",
      "  slipway start hoster-example-gmbh-7sqrdz31 --plan 3f2a... --api https://slipway.example --token-file token.txt",
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
  }

  StartCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  int perform(SlipwayApi api) {
    String hash = seen.yes ? api.plan(onboarding.id()).path("hash").asText() : seen.hash;
    JsonNode started = api.start(onboarding.id(), hash).path("onboarding");
    say("Run %d of %s starts.".formatted(started.path("run").asInt(), onboarding.id()));
    return 0;
  }
}
