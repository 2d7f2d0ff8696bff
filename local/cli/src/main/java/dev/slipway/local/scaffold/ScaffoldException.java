package dev.slipway.local.scaffold;

/**
 * The row that was asked for cannot be scaffolded; the message says why, and names those that can.
 */
public final class ScaffoldException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ScaffoldException(String message) {
    super(message);
  }
}
