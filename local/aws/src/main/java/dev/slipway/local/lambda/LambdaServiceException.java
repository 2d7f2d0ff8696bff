package dev.slipway.local.lambda;

/** The service, not the function, refuses an invocation. */
public final class LambdaServiceException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String code;

  public LambdaServiceException(String code, String message) {
    super(message);
    this.code = code;
  }

  /** The error's name, for example {@code ResourceNotFoundException}. */
  public String code() {
    return code;
  }
}
