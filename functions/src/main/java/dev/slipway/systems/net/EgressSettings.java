package dev.slipway.systems.net;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The settings by which the outside is reached. The function's context reads these from the
 * environment; nothing here does.
 *
 * @param proxy an HTTP CONNECT proxy for every outbound connection, raw TCP included
 * @param dns the DNS server to ask instead of the system's resolver
 * @param trustedCertificates trust anchors added to those of the JDK
 * @param allowedNetworks networks into which a customer-named host may resolve although they are
 *     private
 */
public record EgressSettings(
    Optional<HostPort> proxy,
    Optional<HostPort> dns,
    List<X509Certificate> trustedCertificates,
    List<Cidr> allowedNetworks) {

  public EgressSettings {
    Objects.requireNonNull(proxy);
    Objects.requireNonNull(dns);
    trustedCertificates = List.copyOf(trustedCertificates);
    allowedNetworks = List.copyOf(allowedNetworks);
  }

  /** No proxy, the system's resolver, the JDK's trust anchors, nothing private allowed. */
  public static EgressSettings direct() {
    return new EgressSettings(Optional.empty(), Optional.empty(), List.of(), List.of());
  }

  /**
   * Parses the four values as operators write them; null and blank mean "none".
   *
   * @param proxy {@code host:port}
   * @param dns {@code host:port}
   * @param trustedCertificates PEM text with any number of certificates
   * @param allowedNetworks comma-separated networks
   * @throws IllegalArgumentException when a value cannot be read
   */
  public static EgressSettings parse(
      String proxy, String dns, String trustedCertificates, String allowedNetworks) {
    return new EgressSettings(
        HostPort.parse(proxy),
        HostPort.parse(dns),
        certificates(trustedCertificates),
        Cidr.parseList(allowedNetworks));
  }

  /** The same, with one authority more that is trusted, PEM. */
  EgressSettings trusting(String pem) {
    List<X509Certificate> named = certificates(pem);
    if (named.isEmpty()) {
      throw new IllegalArgumentException("trusted certificates: none");
    }
    List<X509Certificate> more = new ArrayList<>(trustedCertificates);
    more.addAll(named);
    return new EgressSettings(proxy, dns, more, allowedNetworks);
  }

  private static List<X509Certificate> certificates(String pem) {
    if (pem == null || pem.isBlank()) {
      return List.of();
    }
    try {
      return CertificateFactory.getInstance("X.509")
          .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)))
          .stream()
          .map(X509Certificate.class::cast)
          .toList();
    } catch (CertificateException e) {
      throw new IllegalArgumentException("trusted certificates: not PEM", e);
    }
  }
}
