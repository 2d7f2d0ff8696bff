package dev.slipway.systems.smtp;

import dev.slipway.systems.net.HostPort;
import java.util.Objects;

/**
 * A mail server.
 *
 * @param host its name, which its certificate must be for
 * @param port its port
 * @param encryption how it is spoken to
 */
public record SmtpServer(String host, int port, Encryption encryption) {

  public SmtpServer {
    Objects.requireNonNull(host);
    Objects.requireNonNull(encryption);
  }

  /** Host and port, as reports name it. */
  public String against() {
    return new HostPort(host, port).toString();
  }
}
