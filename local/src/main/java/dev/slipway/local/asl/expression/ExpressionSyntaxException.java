package dev.slipway.local.asl.expression;

/** An expression that Step Functions would refuse when the state machine is created. */
public class ExpressionSyntaxException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ExpressionSyntaxException(String message) {
    super(message, null, false, false);
  }
}
