package dev.slipway.local.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Credentials. */
@Command(
    name = "credential",
    mixinStandardHelpOptions = true,
    header = "Hand in credentials.",
    subcommands = {CredentialStoreCommand.class})
public final class CredentialCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "Say what to do: " + String.join(" or ", spec.subcommands().keySet()));
  }
}
