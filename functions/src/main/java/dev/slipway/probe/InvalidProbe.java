package dev.slipway.probe;

/** A message that is no probe of Slipway's, or a probe with parameters that it does not take. */
public final class InvalidProbe extends RuntimeException {
  private static final long serialVersionUID = 1L;

  InvalidProbe(String message) {
    super(message);
  }
}
