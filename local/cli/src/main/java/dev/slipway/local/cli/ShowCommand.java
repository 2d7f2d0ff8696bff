package dev.slipway.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.local.client.SlipwayApi;
import dev.slipway.local.run.ExpectedEndText;
import dev.slipway.local.run.OpenWorkText;
import dev.slipway.local.run.PromotionText;
import dev.slipway.local.run.StatusReader;
import dev.slipway.local.run.StatusText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows one onboarding. */
@Command(
    name = "show",
    header = "Show where an onboarding stands, and exactly what is asked of whom.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  slipway show hoster-example-gmbh-7sqrdz31 --api https://slipway.example --token-file"
          + " token.txt",
      "  slipway show bank-example-ag-v3j5nhch --outcome failed,waiting --party vendor",
      ""
    })
public final class ShowCommand extends ApiCommand {
  @Mixin private OnboardingParameter onboarding;

  @Option(
      names = "--task",
      paramLabel = "TASK",
      description =
          "Print everything about one task, or one instance (task@instance), as the API answers it.")
  private String task;

  @Option(
      names = "--outcome",
      paramLabel = "OUTCOME",
      description =
          "List only the tasks and instances with one of these outcomes, one on a line: pending,"
              + " later (waits for other tasks only), waiting, failed, done, not-applicable,"
              + " skipped, waived. Several apart by commas.")
  private String outcome;

  @Option(
      names = "--party",
      paramLabel = "PARTY",
      description =
          "List only the tasks and instances that wait for it, one on a line: customer, vendor or"
              + " third-party.")
  private String party;

  @Option(names = "--json", description = "Print it as the API answers it.")
  private boolean json;

  private String state = "";

  ShowCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  int perform(SlipwayApi api) {
    if (outcome != null || party != null) {
      pages(
          null,
          cursor -> api.tasks(onboarding.id(), task, constant(outcome), constant(party), cursor),
          page -> page.path("tasks").forEach(each -> sayEach(each, json, ShowCommand::line)));
      return 0;
    }
    if (task != null) {
      sayData(api.oneTask(onboarding.id(), task).toPrettyString());
      return 0;
    }
    JsonNode answer = api.onboardingWithEnd(onboarding.id());
    if (json) {
      sayData(answer.toPrettyString());
      return 0;
    }
    StatusText.lines(StatusReader.read(answer)).forEach(this::say);
    PromotionText.lines(answer).forEach(this::say);
    ExpectedEndText.lines(answer).forEach(this::say);
    state = answer.at("/onboarding/state").asText();
    new OpenWorkText(place()::options).lines(answer).forEach(this::say);
    JobsText.lines(api.probeRunners(onboarding.id())).forEach(this::say);
    return 0;
  }

  private static String line(JsonNode each) {
    String instance = each.path("instance").asText();
    return "%-4s %-14s %s%s%s"
        .formatted(
            each.path("row").asText(),
            each.path("outcome").asText(),
            each.path("title").asText(),
            instance.isEmpty() ? "" : " (" + instance + ")",
            each.hasNonNull("why") ? ": " + each.path("why").asText() : "");
  }

  @Override
  String next() {
    String id = onboarding.id();
    return switch (state) {
      case "INTAKE", "STOPPED" -> "plan " + id;
      case "COMPLETED" -> "sign-off " + id;
      case "SIGNED_OFF" -> "report " + id + " --out report.json --signature";
      default -> "events " + id;
    };
  }
}
