package dev.slipway.local.dynamodb;

/** DynamoDB answered with an error. */
public final class DynamoDbWireException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String code;

  DynamoDbWireException(String code, String message) {
    super(message);
    this.code = code;
  }

  /** The error's name, for example {@code ResourceInUseException}. */
  public String code() {
    return code;
  }
}
