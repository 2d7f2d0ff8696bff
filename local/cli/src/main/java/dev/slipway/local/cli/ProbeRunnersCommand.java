package dev.slipway.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.local.client.SlipwayApi;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists probe runners and probes. */
@Command(
    name = "probe-runners",
    header = "List an onboarding's probe runners, and what they were asked.",
    footerHeading = "%nExample:%n",
    footer = {
      "  slipway probe-runners hoster-example-gmbh-7sqrdz31 \\",
      "      --api https://slipway.example --token-file token.txt",
      ""
    })
public final class ProbeRunnersCommand extends ApiCommand {
  @Mixin private OnboardingParameter onboarding;

  ProbeRunnersCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  int perform(SlipwayApi api) {
    JsonNode answer = api.probeRunners(onboarding.id());
    for (JsonNode runner : answer.path("runners")) {
      String until = runner.path("expiresAt").asText(runner.path("codeExpiresAt").asText());
      say(
          "%s  %-9s until %s  %s, invited by %s"
              .formatted(
                  runner.path("runner").asText(),
                  runner.path("state").asText(),
                  second(until),
                  runner.path("name").asText(),
                  runner.path("invitedBy").asText()));
    }
    for (JsonNode probe : answer.path("probes")) {
      say(
          "%s  %-9s %s (%s): %s, %s%s"
              .formatted(
                  probe.path("probe").asText(),
                  probe.path("state").asText(),
                  probe.path("task").asText(),
                  probe.path("step").asText(),
                  probe.path("against").asText(probe.path("parameters").toString()),
                  probe.path("description").asText("which this version does not know"),
                  probe.has("answeredBy") ? " by " + probe.path("answeredBy").asText() : ""));
    }
    if (answer.path("runners").isEmpty() && answer.path("probes").isEmpty()) {
      say("None.");
    }
    return 0;
  }
}
