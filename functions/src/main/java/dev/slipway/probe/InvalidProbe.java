package dev.slipway.probe;

/** Something that is no probe of Slipway's, or has parameters that a probe does not take. */
public final class InvalidProbe extends RuntimeException {
  private static final long serialVersionUID = 1L;

  InvalidProbe(String message) {
    super(message);
  }
}
