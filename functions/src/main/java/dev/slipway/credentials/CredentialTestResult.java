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
 * @param usable whether handlers may use the value: it is valid, or no machine can tell before it
 *     is used
 */
public record CredentialTestResult(
    Grade grade,
    String message,
    Instant retryAt,
    String probe,
    String against,
    String answer,
    boolean usable) {

  public CredentialTestResult {
    Objects.requireNonNull(grade);
    Objects.requireNonNull(message);
    Objects.requireNonNull(probe);
    Objects.requireNonNull(against);
    Objects.requireNonNull(answer);
  }

  /** A result of a value that counts only if it is valid. */
  public CredentialTestResult(
      Grade grade, String message, Instant retryAt, String probe, String against, String answer) {
    this(grade, message, retryAt, probe, against, answer, grade == Grade.VALID);
  }

  /**
   * A credential that cannot be tested from here, because its system is reached only from inside a
   * network. It counts nevertheless, and its first use proves it.
   *
   * @param message what proves it instead
   */
  public static CredentialTestResult untestable(String message, String against) {
    return unproved(message, "nothing: reached only from inside the network", against, "");
  }

  /**
   * A credential that no test can prove before it is used. It counts nevertheless.
   *
   * @param message what proves it instead
   */
  public static CredentialTestResult unproved(
      String message, String probe, String against, String answer) {
    return new CredentialTestResult(
        Grade.INCONCLUSIVE, message, null, probe, against, answer, true);
  }

  /** {@link #retryAt()} for callers that prefer not to meet null. */
  public Optional<Instant> whenToRetry() {
    return Optional.ofNullable(retryAt);
  }
}
