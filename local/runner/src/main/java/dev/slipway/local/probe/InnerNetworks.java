package dev.slipway.local.probe;

import dev.slipway.systems.net.Cidr;
import dev.slipway.systems.net.Egress;
import dev.slipway.systems.net.EgressSettings;
import dev.slipway.systems.net.HostPort;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * The way that probes take: private networks are what a runner is for, but neither this machine
 * itself, nor link-local addresses, where clouds keep their metadata services.
 */
public record InnerNetworks(Optional<HostPort> proxy, Optional<HostPort> dns) {
  private static final String PRIVATE =
      "10.0.0.0/8,172.16.0.0/12,192.168.0.0/16,100.64.0.0/10,fc00::/7";

  /** The way out, trusting these authorities besides the JDK's. */
  public Egress egress(List<X509Certificate> trusted, InstantSource clock) {
    return new Egress(new EgressSettings(proxy, dns, trusted, Cidr.parseList(PRIVATE)), clock);
  }
}
