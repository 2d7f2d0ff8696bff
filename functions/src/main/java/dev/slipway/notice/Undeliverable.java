package dev.slipway.notice;

/** A mail was refused for good, because of whom it goes to: trying again helps nobody. */
final class Undeliverable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String code;

  /**
   * @param code what the mail service called it
   */
  Undeliverable(String code, Throwable cause) {
    super("the mail service refuses the receiver: " + code, cause);
    this.code = code;
  }

  /** The mail service's code for it. */
  String code() {
    return code;
  }
}
