package dev.slipway.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.local.client.SlipwayApi;
import java.nio.file.Path;
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
    String task = TaskParameters.id(api, onboarding.id(), named);
    JsonNode facts = values == null ? null : new InputFile("--values", values).json();
    JsonNode kept = api.complete(onboarding.id(), task, step, statement, facts);
    say("%s, step %s: %s".formatted(task, step, kept.path("verdict").asText()));
    return 0;
  }
}
