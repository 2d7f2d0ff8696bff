package dev.slipway.local.sandbox.billing;

/** An error as WHMCS reports it: {@code "result":"error"} with a message, and an HTTP status. */
final class WhmcsException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int status;

  WhmcsException(int status, String message) {
    super(message);
    this.status = status;
  }

  /** An error of an action: HTTP 200 all the same. */
  static WhmcsException of(String message) {
    return new WhmcsException(200, message);
  }

  int status() {
    return status;
  }
}
