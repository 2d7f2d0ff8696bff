package dev.slipway.local.asl.expression;

/** An expression that Step Functions would refuse when the state machine is created. */
public class ExpressionSyntaxException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final String INVALID = "INVALID_JSONATA_EXPRESSION";
  private static final String UNSUPPORTED = "UNSUPPORTED_JSONATA_EXPRESSION";

  private final String code;
  private final String path;

  private ExpressionSyntaxException(String code, String message, String path) {
    super(message, null, false, false);
    this.code = code;
    this.path = path;
  }

  /** Is no JSONata. */
  public ExpressionSyntaxException(String message) {
    this(INVALID, message, "");
  }

  /** Is JSONata, but the service does not support it. */
  static ExpressionSyntaxException unsupported(String message) {
    return new ExpressionSyntaxException(UNSUPPORTED, message, "");
  }

  /** Mentions a field of {@code $states} that has no value where the expression stands. */
  public static ExpressionSyntaxException noSuchField(String statesField, String path) {
    return new ExpressionSyntaxException(
        UNSUPPORTED, "Field '$states." + statesField + "' does not exist.", path);
  }

  ExpressionSyntaxException at(String where) {
    return new ExpressionSyntaxException(code, getMessage(), where);
  }

  /** The code by which the service tells of it. */
  public String code() {
    return code;
  }

  /** The place of the expression in the field's value, such as {@code /key[0]}. */
  public String path() {
    return path;
  }
}
