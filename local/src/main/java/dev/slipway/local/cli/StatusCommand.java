package dev.slipway.local.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Shows where onboardings stand. */
@Command(name = "status", mixinStandardHelpOptions = true)
public final class StatusCommand implements Callable<Integer> {
  StatusCommand(Terminal terminal) {}

  @Override
  public Integer call() {
    throw new CommandFailure("not built yet");
  }
}
