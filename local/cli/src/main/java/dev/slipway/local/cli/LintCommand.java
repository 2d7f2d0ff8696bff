package dev.slipway.local.cli;

import dev.slipway.local.lint.Lint;
import dev.slipway.local.lint.LintFinding;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Holds the project's files against each other. */
@Command(
    name = "lint",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    header = "Hold checklists, state machines, template, handlers and events against each other.",
    description = {
      "",
      "Reports, with file and line: duplicate ids, unknown references, cycles, conditions that"
          + " cannot be evaluated or never hold, tasks without handler, state, resource or sample"
          + " event, a state machine that contradicts a dependency, a released version that"
          + " changed.",
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:nothing was found", "1:an error was found", "2:wrong usage"})
public final class LintCommand implements Callable<Integer> {
  private final Terminal terminal;

  LintCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Path root = ProjectRoot.find();
    List<LintFinding> findings = Lint.run(root);
    findings.forEach(terminal.out()::println);
    terminal
        .out()
        .println(
            findings.isEmpty()
                ? "Nothing found."
                : findings.size() + (findings.size() == 1 ? " finding." : " findings."));
    return findings.isEmpty() ? 0 : 1;
  }
}
