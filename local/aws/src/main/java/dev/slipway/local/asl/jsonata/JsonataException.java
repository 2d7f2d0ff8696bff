package dev.slipway.local.asl.jsonata;

/** An expression that is no JSONata, or that cannot be evaluated. */
public final class JsonataException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final String code;

  /**
   * @param code the reference's code, such as {@code T2001}; null if the reference has none
   * @param message what happened, in the reference's words
   */
  public JsonataException(String code, String message) {
    super(message, null, false, false);
    this.code = code;
  }

  /** The reference's code; may be null. */
  public String code() {
    return code;
  }
}
