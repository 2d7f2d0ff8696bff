package dev.slipway.local.cli;

import dev.slipway.local.scaffold.Scaffold;
import dev.slipway.local.scaffold.ScaffoldException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes what follows from a row of a checklist. */
@Command(
    name = "scaffold",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    header = "Write what follows from a row of a checklist, and a skeleton of its handler.",
    description = {
      "",
      "The state with its retries, the function with its grants, the sample event, a skeleton of"
          + " the handler and of its test; of a new section or a new checklist its state machine"
          + " and the start of it. Completes what is missing and changes nothing that is there.",
      "",
      "Examples:",
      "  slipway scaffold hosting-provider technical-configuration.configure-smtp",
      "  slipway scaffold hosting-provider V01",
      "  slipway scaffold hosting-provider technical-configuration --dry-run",
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:nothing is missing any more", "2:wrong usage, or no such row"})
public final class ScaffoldCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(index = "0", paramLabel = "CHECKLIST", description = "Such as hosting-provider.")
  private String checklist;

  @Parameters(
      index = "1",
      paramLabel = "ROW",
      description = "A task's id, its row in the guide, or a section for all of its rows.")
  private String row;

  @Option(names = "--dry-run", description = "Say what would be written, and write nothing.")
  private boolean dryRun;

  ScaffoldCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    List<String> notes;
    try {
      Scaffold scaffold = Scaffold.of(ProjectRoot.find(), checklist, row);
      notes = scaffold.notes();
      if (!dryRun) {
        scaffold.write();
      }
    } catch (ScaffoldException e) {
      throw new InputFailure(e.getMessage());
    }
    if (notes.isEmpty()) {
      terminal.out().println("Nothing is missing.");
      return 0;
    }
    terminal.out().println(dryRun ? "Would write:" : "Written:");
    notes.forEach(note -> terminal.out().println("  " + note));
    terminal
        .out()
        .println(
            """

            Left to you:
              - write the handler's steps and their tests; until then the task answers FAILED
                (a test that needs a vendor's stand-in moves to local/check)
              - `slipway lint` names what else is missing, such as the lock's new line
              - docs/checklists.md, "Add a row", has the rest""");
    return 0;
  }
}
