package dev.slipway.local.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Elements. */
@Command(
    name = "element",
    mixinStandardHelpOptions = true,
    header = "Give what is asked for, and see what was given.",
    subcommands = {
      ElementTemplateCommand.class,
      ElementListCommand.class,
      ElementShowCommand.class,
      ElementPreviewCommand.class,
      ElementSetCommand.class
    })
public final class ElementCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "Say what to do: " + String.join(" or ", spec.subcommands().keySet()));
  }
}
