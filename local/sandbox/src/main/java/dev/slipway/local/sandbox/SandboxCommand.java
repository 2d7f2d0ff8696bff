package dev.slipway.local.sandbox;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs a sandbox until the process is ended. */
@Command(
    name = "sandbox",
    mixinStandardHelpOptions = true,
    description = {
      "Runs stand-ins for all third parties on loopback.",
      "Prints one line of JSON: proxy, insideProxy, dns, certificateAuthority, control."
    })
final class SandboxCommand implements Callable<Integer> {

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Remember state, calls, mails and certificates in this folder.")
  private Path data;

  @Option(names = "--with-parent", description = "End when the process that started this one ends.")
  private boolean withParent;

  @Override
  public Integer call() throws Exception {
    SandboxOptions options = data == null ? SandboxOptions.inMemory() : SandboxOptions.in(data);
    try (Sandbox sandbox = Sandbox.start(options)) {
      System.out.println(sandbox.endpoints().toJson());
      System.out.flush();
      Optional<ProcessHandle> parent =
          withParent ? ProcessHandle.current().parent() : Optional.empty();
      if (parent.isPresent()) {
        parent.get().onExit().join();
      } else {
        // Until the process is ended from outside.
        new CountDownLatch(1).await();
      }
    }
    return 0;
  }
}
