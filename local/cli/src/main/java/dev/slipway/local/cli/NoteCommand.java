package dev.slipway.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.local.client.SlipwayApi;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes a note about a task. */
@Command(
    name = "note",
    header = "Ask or tell something about a task, or say that you are blocked.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  slipway note hoster-example-gmbh-7sqrdz31 V01 --text \"Which of our mail servers do you mean?\" \\",
      "      --api https://slipway.example --token-file token.txt",
      "  slipway note hoster-example-gmbh-7sqrdz31 V01 --blocked --text \"Our firewall team is away.\" --data ~/hoster",
      "      those who lead are told at once, and you are not reminded until it is settled",
      ""
    })
public final class NoteCommand extends ApiCommand {
  @Mixin private TaskParameters target;

  @Option(
      names = "--text",
      paramLabel = "TEXT",
      required = true,
      description = "What you ask or tell, at most 2,000 characters. No passwords, no keys.")
  private String text;

  @Option(names = "--blocked", description = "You cannot go on with what the task asks of you.")
  private boolean blocked;

  @Option(
      names = "--step",
      paramLabel = "STEP",
      description = "The step that it is about. Without it the task; if blocked, the one asked.")
  private String step;

  NoteCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  int perform(SlipwayApi api) {
    JsonNode note = api.note(target.onboarding(), target.task(api), text, blocked, step);
    say(
        blocked
            ? "Those who lead are told. When it is settled: slipway settle %s %s --text \"how\""
                .formatted(target.onboarding(), note.path("id").asText())
            : "The note was kept. To read the answers: slipway notes %s --task %s"
                .formatted(target.onboarding(), note.path("task").asText()));
    return 0;
  }
}
