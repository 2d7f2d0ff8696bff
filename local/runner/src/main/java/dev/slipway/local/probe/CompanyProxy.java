package dev.slipway.local.probe;

import dev.slipway.systems.net.HostPort;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A company's proxy between the runner and Slipway: as named, or by the environment's HTTPS_PROXY
 * and NO_PROXY. One that wants a login is not supported; such companies run one without for
 * servers, or let an authenticating one run locally.
 */
public final class CompanyProxy {
  private CompanyProxy() {}

  /**
   * The proxy for an address.
   *
   * @param named by the person who starts the runner; counts before the environment
   * @throws RunnerFailure if it is not {@code host:port}
   */
  public static Optional<InetSocketAddress> of(
      Optional<String> named, Map<String, String> environment, URI address) {
    if (named.isPresent()) {
      return Optional.of(parse("--proxy", named.get()));
    }
    String host = address.getHost().toLowerCase(Locale.ROOT);
    boolean direct =
        Arrays.stream(variable(environment, "NO_PROXY").orElse("").split(",", -1))
            .map(entry -> entry.strip().toLowerCase(Locale.ROOT).replaceFirst("^\\*?\\.", ""))
            .filter(entry -> !entry.isEmpty())
            .anyMatch(
                entry -> entry.equals("*") || host.equals(entry) || host.endsWith("." + entry));
    return direct || isLocal(host)
        ? Optional.empty()
        : variable(environment, "HTTPS_PROXY").map(text -> parse("HTTPS_PROXY", text));
  }

  private static boolean isLocal(String host) {
    return host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]");
  }

  private static Optional<String> variable(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name))
        .or(() -> Optional.ofNullable(environment.get(name.toLowerCase(Locale.ROOT))))
        .filter(text -> !text.isBlank());
  }

  private static InetSocketAddress parse(String where, String text) {
    String plain = text.strip().replaceFirst("^http://", "").replaceFirst("/+$", "");
    try {
      HostPort proxy =
          HostPort.parse(plain.contains("@") ? "" : plain)
              .orElseThrow(() -> new IllegalArgumentException("with a login"));
      return new InetSocketAddress(proxy.host(), proxy.port());
    } catch (IllegalArgumentException e) {
      throw new RunnerFailure(
          where + ": must be host:port, or http://host:port, without a login in it");
    }
  }
}
