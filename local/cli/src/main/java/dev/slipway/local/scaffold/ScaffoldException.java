package dev.slipway.local.scaffold;

/** What was asked for cannot be scaffolded; the message says why and what there is. */
public final class ScaffoldException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ScaffoldException(String message) {
    super(message);
  }
}
