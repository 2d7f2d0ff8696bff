package dev.slipway.local.run;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The role in which a person calls the API. */
public enum Role {
  /** The platform vendor's onboarding manager. */
  MANAGER,
  /** The customer's technical contact: sees one onboarding. */
  CUSTOMER,
  /** An engineer of the vendor. */
  ENGINEER;

  /** The name in tokens and profiles. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The inverse of {@link #wireName}. */
  public static Optional<Role> named(String text) {
    return Arrays.stream(values()).filter(role -> role.wireName().equals(text)).findFirst();
  }
}
