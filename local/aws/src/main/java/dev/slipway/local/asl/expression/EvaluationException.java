package dev.slipway.local.asl.expression;

/** An expression, or a field that holds one, could not be evaluated. */
public class EvaluationException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final String location;

  /**
   * @param location the field, such as {@code Output/result}; null if none is to blame
   * @param message what happened, in the service's words
   */
  public EvaluationException(String location, String message) {
    super(message, null, false, false);
    this.location = location;
  }

  /** The field, as the history event {@code EvaluationFailed} names it; may be null. */
  public String location() {
    return location;
  }
}
