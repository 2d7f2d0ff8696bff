package dev.slipway.systems.net;

import java.util.Objects;
import java.util.Optional;

/**
 * A host and a port, written {@code host:port} or {@code [v6 address]:port}.
 *
 * @param host a name or an address literal, without brackets
 * @param port 1 to 65535
 */
public record HostPort(String host, int port) {

  public HostPort {
    Objects.requireNonNull(host);
    if (host.isBlank() || port < 1 || port > 65535) {
      throw new IllegalArgumentException("not a host and port: " + host + ":" + port);
    }
  }

  /** Parses {@code host:port}; null and blank mean "none". */
  public static Optional<HostPort> parse(String text) {
    if (text == null || text.isBlank()) {
      return Optional.empty();
    }
    String trimmed = text.strip();
    int colon = trimmed.lastIndexOf(':');
    try {
      String host = trimmed.substring(0, Math.max(colon, 0));
      if (host.startsWith("[") && host.endsWith("]")) {
        host = host.substring(1, host.length() - 1);
      }
      return Optional.of(new HostPort(host, Integer.parseInt(trimmed.substring(colon + 1))));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("not host:port: " + trimmed, e);
    }
  }

  @Override
  public String toString() {
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
  }
}
