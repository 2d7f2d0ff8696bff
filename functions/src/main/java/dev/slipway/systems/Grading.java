package dev.slipway.systems;

import dev.slipway.credentials.CredentialTestResult;
import dev.slipway.credentials.Grade;
import dev.slipway.systems.net.Redactor;
import dev.slipway.systems.net.SystemTrouble;
import java.util.function.Supplier;

/** Runs a credential test and turns a trouble into its grade. */
public final class Grading {

  private Grading() {}

  /**
   * Grades what happens in the test.
   *
   * @param probe what the test does, in words
   * @param redactor knows the credential
   * @param test the test; it throws {@link SystemTrouble} for everything but a clear result
   */
  public static CredentialTestResult of(
      String probe, Redactor redactor, Supplier<CredentialTestResult> test) {
    try {
      return test.get();
    } catch (SystemTrouble trouble) {
      return new CredentialTestResult(
          trouble.kind().grade(),
          redactor.redact(trouble.getMessage()) + " " + trouble.nextStep(),
          trouble.kind() == SystemTrouble.Kind.RATE_LIMITED ? trouble.retryAt().orElse(null) : null,
          probe,
          redactor.redact(trouble.against()),
          redactor.answer(trouble.answered()));
    }
  }

  /** The result of a test that found the credential to be good. */
  public static CredentialTestResult valid(
      String message, String probe, String against, String answer) {
    return new CredentialTestResult(Grade.VALID, message, null, probe, against, answer);
  }

  /** Keys of a vendor's sandbox that were given for Production. */
  public static CredentialTestResult sandboxForProduction(String vendor) {
    return graded(
        Grade.WRONG_REGION_OR_ENV,
        "These are keys of the sandbox of "
            + vendor
            + ", and they are given for Production: give those of its production environment.",
        "the credential's own fields",
        vendor,
        "sandbox");
  }

  /** A result with a grade of its own. */
  public static CredentialTestResult graded(
      Grade grade, String message, String probe, String against, String answer) {
    return new CredentialTestResult(grade, message, null, probe, against, answer);
  }
}
