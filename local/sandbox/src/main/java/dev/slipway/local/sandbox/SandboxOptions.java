package dev.slipway.local.sandbox;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;

/**
 * The options of a sandbox.
 *
 * @param data the folder where world, calls, mails and certificate authority are kept, so that they
 *     outlive the process; empty to keep them in memory
 * @param clock the third parties' clock
 * @param reach where callers reach it
 */
public record SandboxOptions(Optional<Path> data, InstantSource clock, Reach reach) {

  /**
   * The address and ports at which callers reach the stand-ins. Everything else, the control
   * endpoint too, stays on loopback.
   *
   * @param address of this machine; one that containers reach, for handlers in containers
   * @param proxyPort 0 for any free port
   * @param dnsPort 0 for any free port
   */
  public record Reach(InetAddress address, int proxyPort, int dnsPort) {

    /** On loopback, on any free ports. */
    public static Reach loopback() {
      return at(InetAddress.getLoopbackAddress());
    }

    /** At that address, on any free ports. */
    public static Reach at(InetAddress address) {
      return new Reach(address, 0, 0);
    }

    InetSocketAddress proxy() {
      return new InetSocketAddress(address, proxyPort);
    }

    InetSocketAddress dns() {
      return new InetSocketAddress(address, dnsPort);
    }
  }

  /** Forgets everything at the end; the system's clock; on loopback. */
  public static SandboxOptions inMemory() {
    return new SandboxOptions(Optional.empty(), InstantSource.system(), Reach.loopback());
  }

  /** Remembers everything in a folder, which is created if need be. */
  public static SandboxOptions in(Path folder) {
    return new SandboxOptions(Optional.of(folder), InstantSource.system(), Reach.loopback());
  }

  /** The same with another clock. */
  public SandboxOptions withClock(InstantSource other) {
    return new SandboxOptions(data, other, reach);
  }

  /** The same, reached elsewhere. */
  public SandboxOptions withReach(Reach other) {
    return new SandboxOptions(data, clock, other);
  }

  Optional<Path> file(String name) {
    return data.map(folder -> folder.resolve(name));
  }
}
