package dev.slipway.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.json.Json;
import dev.slipway.local.client.SlipwayApi;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Completes a step. */
@Command(
    name = "answer",
    header = "Say that a step of a task was done.",
    description = {
      "",
      "It is verified by a machine where one can; `slipway show` tells the verdict.",
      ""
    },
    footerHeading = "%nExample:%n",
    footer = {
      "  slipway answer hoster-example-gmbh-7sqrdz31 technical-configuration.configure-smtp confirm-receipt \\",
      "        --statement \"Both mails arrived.\" --values received.json --api https://slipway.example --token-file token.txt",
      "  slipway answer bank-7sqrdz31 products.grant-tenant-rights views --instances uat.acme,uat.beta \\",
      "        --statement \"Seen with each administrator.\" --api https://slipway.example --token-file token.txt",
      ""
    })
public final class AnswerCommand extends ApiCommand {
  @Mixin private OnboardingParameter onboarding;

  @Parameters(
      index = "1",
      paramLabel = "TASK",
      description = "Its row, such as V01, or its id: technical-configuration.configure-smtp.")
  private String named;

  @Parameters(index = "2", paramLabel = "STEP", description = "The step, as `show` names it.")
  private String step;

  @Option(
      names = "--instances",
      paramLabel = "LIST",
      split = ",",
      description =
          "Of a task with instances, named without one: those that it is said of, such as"
              + " uat.acme,uat.beta; `all`: those for which the step waits.")
  private List<String> instances = List.of();

  @Option(
      names = "--statement",
      paramLabel = "TEXT",
      required = true,
      description = "Your statement, in your own words; it becomes evidence.")
  private String statement;

  @Option(
      names = "--values",
      paramLabel = "FILE",
      description = "A JSON file with further facts that the step asks for; - is standard input.")
  private Path values;

  AnswerCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  int perform(SlipwayApi api) {
    String task = asked(api, TaskParameters.id(api, onboarding.id(), named));
    JsonNode facts = values == null ? null : new InputFile("--values", values).json();
    List<String> those = instances.equals(List.of("all")) ? waiting(api, task) : instances;
    JsonNode kept = api.complete(onboarding.id(), task, those, step, statement, facts);
    JsonNode all = kept.has("answers") ? kept.path("answers") : Json.tree(List.of(kept));
    for (JsonNode each : all) {
      say(
          "%s, step %s: %s"
              .formatted(each.path("task").asText(task), step, each.path("verdict").asText()));
    }
    return 0;
  }

  /** The section's gate asks for its element rows. */
  private String asked(SlipwayApi api, String id) {
    boolean isElement =
        step.contains(".")
            && new TaskNames(api.onboarding(onboarding.id())).elementKeys().contains(id);
    return isElement ? id.replaceFirst("\\..*", ".gate") : id;
  }

  /** The instances for which the step waits now. */
  private List<String> waiting(SlipwayApi api, String task) {
    List<String> waiting = new ArrayList<>();
    for (JsonNode work : api.onboarding(onboarding.id()).path("openWork")) {
      String asked = work.path("task").asText().replaceFirst("@.*", "");
      if (asked.equals(task) && work.path("step").asText().equals(step)) {
        work.path("instances").forEach(each -> waiting.add(each.asText()));
      }
    }
    if (waiting.isEmpty()) {
      throw new CommandFailure("step " + step + " of " + task + " waits for no instance");
    }
    return waiting;
  }
}
