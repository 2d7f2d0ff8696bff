package dev.slipway.systems.tls;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The result of a TLS handshake with a host; complete as far as the handshake came.
 *
 * @param host the name asked for
 * @param problem why the handshake was refused, in one sentence; empty when it was good
 * @param coversHost whether the certificate is for the host
 * @param names the host names that the certificate covers
 * @param notBefore when it begins; empty when none was shown
 * @param notAfter when it ends
 * @param issuer who issued it
 * @param key type and size, such as {@code RSA 2048}
 * @param chainLength number of certificates shown
 * @param chainInOrder whether each is issued by the next
 * @param protocol the TLS version agreed on; empty when refused
 * @param fingerprint the SHA-256 of the certificate in hex; empty when none was shown
 * @param warnings points to look at although the handshake works
 */
public record TlsReport(
    String host,
    Optional<String> problem,
    boolean coversHost,
    List<String> names,
    Optional<Instant> notBefore,
    Optional<Instant> notAfter,
    String issuer,
    String key,
    int chainLength,
    boolean chainInOrder,
    Optional<String> protocol,
    Optional<String> fingerprint,
    List<String> warnings) {

  public TlsReport {
    names = List.copyOf(names);
    warnings = List.copyOf(warnings);
  }

  /** Whether the handshake was good: trusted, in date, for this host. */
  public boolean good() {
    return problem.isEmpty();
  }

  /** The report in one line, for an evidence. */
  public String summary() {
    return problem.orElseGet(
        () ->
            protocol.orElse("TLS")
                + ", certificate for "
                + String.join(", ", names)
                + " by "
                + issuer
                + ", until "
                + notAfter.map(Instant::toString).orElse("?"));
  }
}
