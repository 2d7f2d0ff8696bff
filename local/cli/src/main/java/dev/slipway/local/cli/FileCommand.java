package dev.slipway.local.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Files. */
@Command(
    name = "file",
    mixinStandardHelpOptions = true,
    header = "Hand over files, and get them.",
    subcommands = {FileUploadCommand.class, FileListCommand.class, FileDownloadCommand.class})
public final class FileCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "Say what to do: " + String.join(" or ", spec.subcommands().keySet()));
  }
}
