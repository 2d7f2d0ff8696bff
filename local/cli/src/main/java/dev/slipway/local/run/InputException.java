package dev.slipway.local.run;

/** A value of the profile was refused; the message names file, line and field. */
public final class InputException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public InputException(String message) {
    super(message);
  }
}
