package dev.slipway.systems.tls;

import dev.slipway.systems.net.Certificates;
import dev.slipway.systems.net.Egress;
import dev.slipway.systems.net.Redactor;
import dev.slipway.systems.net.SystemTrouble;
import dev.slipway.systems.net.TlsAttempt;
import dev.slipway.systems.net.TroubleClassifier;
import java.io.IOException;
import java.net.Socket;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLSocket;

/**
 * Shakes hands with a host and reports its certificate, also when the handshake is refused (row
 * V00: the wildcard certificate of the platform).
 *
 * <pre>{@code
 * TlsReport report = new TlsProbe(egress).inspect("platform", "app.paas.example.com", 443);
 * }</pre>
 */
public final class TlsProbe {

  private static final Duration RENEW_BEFORE = Duration.ofDays(30);
  private static final int SHORTEST_RSA_KEY = 2048;

  private final Egress egress;

  /** Reaches hosts through this way out. */
  public TlsProbe(Egress egress) {
    this.egress = egress;
  }

  /**
   * Looks at one host.
   *
   * @param system for whom, as troubles are named after it
   * @throws SystemTrouble when there is no TCP connection; a refused handshake is in the report
   */
  public TlsReport inspect(String system, String host, int port) {
    Socket plain = egress.open(system, "TLS handshake", host, port);
    TlsAttempt attempt = egress.handshake(plain, host);
    try (Socket closing = attempt.socket().<Socket>map(tls -> tls).orElse(plain)) {
      return report(host, attempt, egress.clock().instant(), closing);
    } catch (IOException e) {
      throw TroubleClassifier.of(e, system, "TLS handshake", host, Redactor.none());
    }
  }

  private static TlsReport report(String host, TlsAttempt attempt, Instant now, Socket socket) {
    List<X509Certificate> chain = attempt.chain();
    Optional<X509Certificate> leaf = chain.stream().findFirst();
    return new TlsReport(
        host,
        // The handshake goes by the machine's own clock.
        attempt
            .failure()
            .map(failure -> problem(host, chain, failure, now))
            .or(() -> Certificates.datesAndNames(host, chain, now)),
        leaf.map(certificate -> Certificates.covers(certificate, host)).orElse(false),
        leaf.map(Certificates::names).orElse(List.of()),
        leaf.map(certificate -> certificate.getNotBefore().toInstant()),
        leaf.map(certificate -> certificate.getNotAfter().toInstant()),
        leaf.map(c -> Certificates.commonName(c.getIssuerX500Principal().getName())).orElse(""),
        leaf.map(TlsProbe::key).orElse(""),
        chain.size(),
        Certificates.inOrder(chain),
        attempt.failure().isEmpty() && socket instanceof SSLSocket tls
            ? Optional.of(tls.getSession().getProtocol())
            : Optional.empty(),
        leaf.map(CertificateCheck::fingerprint),
        leaf.map(certificate -> warnings(certificate, chain, now)).orElse(List.of()));
  }

  private static String problem(
      String host, List<X509Certificate> chain, IOException failure, Instant now) {
    if (chain.isEmpty()) {
      return "TLS with " + host + " failed before a certificate was shown: " + failure.getMessage();
    }
    return Certificates.datesAndNames(host, chain, now)
        .orElseGet(() -> Certificates.distrust(host, chain));
  }

  private static List<String> warnings(
      X509Certificate leaf, List<X509Certificate> chain, Instant now) {
    List<String> warnings = new ArrayList<>();
    Instant notAfter = leaf.getNotAfter().toInstant();
    if (now.isBefore(notAfter) && now.plus(RENEW_BEFORE).isAfter(notAfter)) {
      warnings.add(
          "The certificate ends in "
              + Duration.between(now, notAfter).toDays()
              + " days, on "
              + notAfter
              + ".");
    }
    if (leaf.getPublicKey() instanceof RSAPublicKey rsa
        && rsa.getModulus().bitLength() < SHORTEST_RSA_KEY) {
      warnings.add("The certificate's key is short: " + key(leaf) + ".");
    }
    if (leaf.getSigAlgName().toUpperCase(Locale.ROOT).startsWith("SHA1")) {
      warnings.add("The certificate is signed with SHA-1.");
    }
    if (!Certificates.inOrder(chain)) {
      warnings.add("The certificates are not shown in order, each issued by the next.");
    }
    return warnings;
  }

  private static String key(X509Certificate certificate) {
    return switch (certificate.getPublicKey()) {
      case RSAPublicKey rsa -> "RSA " + rsa.getModulus().bitLength();
      case ECPublicKey ec -> "EC " + ec.getParams().getOrder().bitLength();
      default -> certificate.getPublicKey().getAlgorithm();
    };
  }
}
