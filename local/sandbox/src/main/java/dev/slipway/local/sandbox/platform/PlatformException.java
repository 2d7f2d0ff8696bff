package dev.slipway.local.sandbox.platform;

/** An error as the platform reports it: a code other than 0 and a text, inside an HTTP 200. */
final class PlatformException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** The named object does not exist (known from a public client). */
  static final int NOT_FOUND = 5;

  /** The token lacks a permission; the text names it (known from a public client). */
  static final int PERMISSION_DENIED = 8202;

  /** An uncaught exception on the platform's side (seen on a public platform). */
  static final int INTERNAL = 99;

  /** A parameter is missing or wrong (unverified code). */
  static final int INVALID_PARAMETER = 3;

  /** Login or password are wrong (unverified code). */
  static final int WRONG_PASSWORD = 701;

  /** The session or token is unknown or has expired (unverified code). */
  static final int NOT_AUTHENTICATED = 702;

  private final int result;

  PlatformException(int result, String message) {
    super(message);
    this.result = result;
  }

  int result() {
    return result;
  }
}
