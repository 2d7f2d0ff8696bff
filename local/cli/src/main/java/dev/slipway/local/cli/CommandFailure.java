package dev.slipway.local.cli;

/** A command cannot do what it was asked to; the message says why and what helps. */
public final class CommandFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public CommandFailure(String message) {
    super(message);
  }
}
