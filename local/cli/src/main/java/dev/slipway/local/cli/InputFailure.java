package dev.slipway.local.cli;

/** The input of a command cannot be used; the message names the option and says why. */
final class InputFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  InputFailure(String message) {
    super(message);
  }
}
