package dev.slipway.local.asl.definition;

/** A definition that AWS runs uses what this interpreter refuses. */
public class UnsupportedFeatureException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final String feature;

  public UnsupportedFeatureException(String feature, String location) {
    super("not supported: " + feature + " at " + (location.isEmpty() ? "/" : location));
    this.feature = feature;
  }

  /** The feature's name, as the list of refused features in the documentation has it. */
  public String feature() {
    return feature;
  }
}
