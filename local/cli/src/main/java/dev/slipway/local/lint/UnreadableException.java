package dev.slipway.local.lint;

/** A file is not what its name says. */
final class UnreadableException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int line;

  UnreadableException(int line, String message) {
    super(message);
    this.line = line;
  }

  int line() {
    return line;
  }
}
