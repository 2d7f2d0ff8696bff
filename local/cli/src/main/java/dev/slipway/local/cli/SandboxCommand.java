package dev.slipway.local.cli;

import dev.slipway.local.probe.Interrupts;
import dev.slipway.local.sandbox.Sandbox;
import dev.slipway.local.sandbox.SandboxOptions;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs the third parties' stand-ins as a process of their own. */
@Command(
    name = "sandbox",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    header = "Run the third parties' stand-ins as a process of their own.",
    description = {
      "",
      "Runs the third parties' stand-ins in a process of their own, until it is interrupted, so"
          + " that they outlive the runtime and remember every call. The first line says where, as"
          + " JSON; give its control address to `slipway run --sandbox`.",
      ""
    })
public final class SandboxCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Remember state, calls, mails and certificates in this folder.")
  private Path data;

  SandboxCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws Exception {
    try (Interrupts interrupts = Interrupts.handle(() -> {});
        Sandbox sandbox =
            Sandbox.start(data == null ? SandboxOptions.inMemory() : SandboxOptions.in(data))) {
      terminal.out().println(sandbox.endpoints().toJson());
      terminal.out().flush();
      interrupts.await();
    }
    return 0;
  }
}
