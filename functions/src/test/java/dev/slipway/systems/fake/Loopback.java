package dev.slipway.systems.fake;

import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.systems.net.Egress;
import dev.slipway.systems.net.EgressSettings;
import dev.slipway.systems.net.HostPort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Ways out for tests: loopback allowed, no real pauses, little patience. */
public final class Loopback {

  private final List<Duration> pauses = new ArrayList<>();
  private EgressSettings settings =
      EgressSettings.parse("", "", "", "127.0.0.0/8,::1/128,203.0.113.0/24");
  private Duration patience = Duration.ofSeconds(20);

  /** An egress with loopback allowed and nothing else special. */
  public static Egress egress() {
    return new Loopback().build();
  }

  /** Skips the test on a machine that has only 127.0.0.1 of the loopback range, as macOS does. */
  public static void assumeAddress(String address) {
    try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getByName(address))) {
      assumeTrue(any.isBound());
    } catch (IOException e) {
      abort("no address " + address + " here (macOS: sudo ifconfig lo0 alias " + address + ")");
    }
  }

  /** Asks this DNS server. */
  public Loopback dns(int port) {
    settings =
        new EgressSettings(
            settings.proxy(),
            Optional.of(new HostPort("127.0.0.1", port)),
            settings.trustedCertificates(),
            settings.allowedNetworks());
    return this;
  }

  /** Goes through this proxy. */
  public Loopback proxy(int port) {
    settings =
        new EgressSettings(
            Optional.of(new HostPort("127.0.0.1", port)),
            settings.dns(),
            settings.trustedCertificates(),
            settings.allowedNetworks());
    return this;
  }

  /** Trusts this certificate as well. */
  public Loopback trusting(X509Certificate anchor) {
    settings =
        new EgressSettings(
            settings.proxy(), settings.dns(), List.of(anchor), settings.allowedNetworks());
    return this;
  }

  /** Allows nothing inside. */
  public Loopback strict() {
    settings =
        new EgressSettings(
            settings.proxy(), settings.dns(), settings.trustedCertificates(), List.of());
    return this;
  }

  /** Gives up waiting for an answer after 250 ms. */
  public Loopback impatient() {
    patience = Duration.ofMillis(250);
    return this;
  }

  /** The pauses that were made between attempts. */
  public List<Duration> pauses() {
    return pauses;
  }

  /** Builds it. */
  public Egress build() {
    return new Egress(settings, Clock.systemUTC(), pauses::add, new Random(7), patience);
  }
}
