package dev.slipway.systems.net;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLSocket;

/**
 * The result of a TLS handshake, the chain included even when it was refused.
 *
 * @param socket the socket after a good handshake
 * @param chain the certificates that the server showed, its own first; empty when it came not so
 *     far
 * @param failure what the JDK said about a handshake that failed
 */
public record TlsAttempt(
    Optional<SSLSocket> socket, List<X509Certificate> chain, Optional<IOException> failure) {

  public TlsAttempt {
    chain = List.copyOf(chain);
  }
}
