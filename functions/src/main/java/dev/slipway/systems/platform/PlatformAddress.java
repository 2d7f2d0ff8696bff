package dev.slipway.systems.platform;

import dev.slipway.systems.net.SystemTrouble;
import java.net.URI;
import java.util.Locale;

/** The address of a platform's API. */
public final class PlatformAddress {

  private PlatformAddress() {}

  /**
   * The API's base address, {@code https://app.{domain}/1.0/}.
   *
   * @throws SystemTrouble of kind {@code INPUT} when the domain is not a host name
   */
  public static URI ofDomain(String domain) {
    return dashboard(domain).resolve("/1.0/");
  }

  /**
   * The dashboard's address, {@code https://app.{domain}/}.
   *
   * @throws SystemTrouble as {@link #ofDomain}
   */
  public static URI dashboard(String domain) {
    String host = domain.strip().toLowerCase(Locale.ROOT);
    if (!host.matches("(?=.{4,249}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z][a-z0-9-]*")) {
      throw new SystemTrouble(
          "platform",
          SystemTrouble.Kind.INPUT,
          "The platform's domain must be a plain host name such as paas.example.com.",
          "platform address",
          "platform",
          "");
    }
    return URI.create("https://app." + host + "/");
  }
}
