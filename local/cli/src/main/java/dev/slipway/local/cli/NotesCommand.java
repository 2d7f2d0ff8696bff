package dev.slipway.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.local.client.SlipwayApi;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows what people wrote about tasks. */
@Command(
    name = "notes",
    header = "Show what people wrote about tasks, the newest first.",
    footerHeading = "%nExample:%n",
    footer = {
      "  slipway notes hoster-example-gmbh-7sqrdz31 --task V01 --api https://slipway.example --token-file token.txt",
      ""
    })
public final class NotesCommand extends ApiCommand {
  @Mixin private OnboardingParameter onboarding;

  @Option(
      names = "--task",
      paramLabel = "TASK",
      description = "Only of this task: its row, such as V01, or its id.")
  private String task;

  @Option(names = "--json", description = "Print each as the API answers it, one on a line.")
  private boolean json;

  NotesCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  int perform(SlipwayApi api) {
    String id = task == null ? null : TaskParameters.id(api, onboarding.id(), task);
    pages(
        null,
        cursor -> api.notes(onboarding.id(), id, cursor),
        page -> page.path("notes").forEach(this::show));
    return 0;
  }

  private void show(JsonNode note) {
    if (json) {
      sayData(note.toString());
    } else {
      say(lines(note));
    }
  }

  private static String lines(JsonNode note) {
    JsonNode settled = note.path("settled");
    String state =
        !note.path("blocked").asBoolean()
            ? ""
            : settled.isMissingNode() ? " BLOCKED" : " was blocked";
    return "%s %s %s%s (%s)%n%s%s"
        .formatted(
            second(note.path("at").asText()),
            note.path("by").asText(),
            note.path("task").asText(),
            state,
            note.path("id").asText(),
            note.path("text").asText().indent(4).stripTrailing(),
            settled.isMissingNode()
                ? ""
                : "%n  settled %s by %s:%n%s"
                    .formatted(
                        second(settled.path("at").asText()),
                        settled.path("by").asText(),
                        settled.path("text").asText().indent(4).stripTrailing()));
  }
}
