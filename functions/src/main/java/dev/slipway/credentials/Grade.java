package dev.slipway.credentials;

/**
 * The result of a credential's test. A credential counts for handlers only when it is {@link
 * #VALID}; only {@link #INVALID_CREDENTIALS} may be shown to a person as "your key is wrong".
 */
public enum Grade {
  /** The system accepted the credential and it can do what the checklist needs. */
  VALID,
  /** The system said that it does not know this credential. */
  INVALID_CREDENTIALS,
  /** The credential is real, but lacks a scope, a role or a plan. */
  INSUFFICIENT_PERMISSION,
  /** The credential, or the address, belongs to another region or environment. */
  WRONG_REGION_OR_ENV,
  /** The system asks to come back later; see {@link CredentialTestResult#retryAt()}. */
  RATE_LIMITED,
  /** The system could not be asked: name, network, TLS, time-out, or trouble of its own (5xx). */
  UNREACHABLE,
  /** An answer came that proves neither; or the system cannot be checked without a person. */
  INCONCLUSIVE
}
