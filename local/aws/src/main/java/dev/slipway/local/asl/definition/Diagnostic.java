package dev.slipway.local.asl.definition;

/**
 * One fault of a definition.
 *
 * @param code such as {@code SCHEMA_VALIDATION_FAILED}
 * @param message what is wrong
 * @param location where, as a path from the root such as {@code /States/Name/Catch[0]}; empty for
 *     the root; null if it is nowhere
 */
public record Diagnostic(String code, String message, String location) {

  /** A field is missing, has the wrong type or has a value that it may not have. */
  public static Diagnostic schema(String message, String location) {
    return new Diagnostic("SCHEMA_VALIDATION_FAILED", message, location);
  }

  @Override
  public String toString() {
    return code + ": " + message + " at " + ("".equals(location) ? "/" : location);
  }
}
