package dev.slipway.local.sandbox;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;

/**
 * How a sandbox is to run.
 *
 * @param data the folder where world, calls, mails and certificate authority are kept, so that they
 *     outlive the process; empty to keep them in memory
 * @param clock the third parties' clock
 */
public record SandboxOptions(Optional<Path> data, InstantSource clock) {

  /** Forgets everything at the end; the system's clock. */
  public static SandboxOptions inMemory() {
    return new SandboxOptions(Optional.empty(), InstantSource.system());
  }

  /** Remembers everything in a folder, which is created if need be; the system's clock. */
  public static SandboxOptions in(Path folder) {
    return new SandboxOptions(Optional.of(folder), InstantSource.system());
  }

  /** The same with another clock. */
  public SandboxOptions withClock(InstantSource other) {
    return new SandboxOptions(data, other);
  }

  Optional<Path> file(String name) {
    return data.map(folder -> folder.resolve(name));
  }
}
