package dev.slipway.local.sandbox.tls;

import java.util.Locale;

/** A fault of a host's certificate. */
public enum CertificateFault {
  /** Nothing. */
  NONE,
  /** It ran out yesterday. */
  EXPIRED,
  /** It names another host. */
  WRONG_SAN,
  /** It is signed by itself. */
  SELF_SIGNED,
  /** It is good, but its issuer is not presented: browsers fetch it, Java does not. */
  MISSING_INTERMEDIATE;

  /**
   * The fault of a name such as {@code wrong-san}.
   *
   * @throws IllegalArgumentException when there is no such fault
   */
  public static CertificateFault named(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
  }
}
