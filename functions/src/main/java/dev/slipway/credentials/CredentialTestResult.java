package dev.slipway.credentials;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * The outcome of one credential test, safe to store and to show: no field ever holds a secret.
 *
 * @param grade what was found
 * @param message one or two sentences for the person who gave the credential
 * @param retryAt when the system may be asked again, or null; set only with {@link
 *     Grade#RATE_LIMITED}
 * @param probe what was done, for example {@code EHLO, STARTTLS, AUTH PLAIN}
 * @param against the host (and port) or base URL that was asked
 * @param answer what the system answered, redacted and shortened
 */
public record CredentialTestResult(
    Grade grade, String message, Instant retryAt, String probe, String against, String answer) {

  public CredentialTestResult {
    Objects.requireNonNull(grade);
    Objects.requireNonNull(message);
    Objects.requireNonNull(probe);
    Objects.requireNonNull(against);
    Objects.requireNonNull(answer);
  }

  /** The text for a credential whose system only the customer's own network reaches. */
  private static final String NOTHING = "nothing: reached only from inside the network";

  /**
   * A credential that cannot be tested from here, because its system is reached only from inside a
   * network. It counts nevertheless, and its first use proves it.
   *
   * @param message what proves it instead
   */
  public static CredentialTestResult untestable(String message, String against) {
    return new CredentialTestResult(Grade.INCONCLUSIVE, message, null, NOTHING, against, "");
  }

  /** Whether the value may be used. */
  public boolean isUsable() {
    return grade == Grade.VALID || probe.equals(NOTHING);
  }

  /** {@link #retryAt()} for callers that prefer not to meet null. */
  public Optional<Instant> whenToRetry() {
    return Optional.ofNullable(retryAt);
  }
}
