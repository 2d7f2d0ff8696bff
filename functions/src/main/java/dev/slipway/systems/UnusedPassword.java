package dev.slipway.systems;

import java.security.SecureRandom;
import java.util.Base64;

/**
 * A password for a login that nobody uses, or whose person sets another one; it is kept nowhere.
 */
public final class UnusedPassword {
  private UnusedPassword() {}

  /** A new one, with every kind of character that password rules ask for. */
  public static String make() {
    byte[] bytes = new byte[24];
    new SecureRandom().nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes) + "aZ9!";
  }
}
