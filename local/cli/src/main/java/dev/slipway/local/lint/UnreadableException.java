package dev.slipway.local.lint;

/** A file is not what its name says. */
public final class UnreadableException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int line;

  UnreadableException(int line, String message) {
    super(message);
    this.line = line;
  }

  /** The line, from 1. */
  public int line() {
    return line;
  }
}
