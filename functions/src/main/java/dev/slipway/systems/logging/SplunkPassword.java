package dev.slipway.systems.logging;

import java.security.SecureRandom;
import java.util.Base64;

/** A new user's first password at Splunk. Nobody learns it: an administrator sets another one. */
final class SplunkPassword {
  private static final int BYTES = 24;

  private SplunkPassword() {}

  /** One by chance, with a character of each kind. */
  static String any() {
    byte[] bytes = new byte[BYTES];
    new SecureRandom().nextBytes(bytes);
    return "aA1!" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
