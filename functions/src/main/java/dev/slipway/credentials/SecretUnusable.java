package dev.slipway.credentials;

import java.time.Instant;
import java.util.Optional;

/** A secret that was stored is deleted, or will be: no value can be read from it or put into it. */
public final class SecretUnusable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String name;
  private final Instant deletion;

  /**
   * @param deletion when it goes for good; null when it is gone, or goes at this moment
   * @param cause what Secrets Manager said, or null
   */
  public SecretUnusable(String name, Instant deletion, Throwable cause) {
    super(
        "the secret "
            + name
            + (deletion == null ? " is deleted" : " is scheduled for deletion on " + deletion),
        cause);
    this.name = name;
    this.deletion = deletion;
  }

  /** The secret's name. */
  public String name() {
    return name;
  }

  /** When it goes for good; empty when it is gone, or goes at this moment. */
  public Optional<Instant> deletion() {
    return Optional.ofNullable(deletion);
  }
}
