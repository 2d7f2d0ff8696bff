package dev.slipway.local.secretsmanager;

import dev.slipway.local.aws.AwsException;

/** The errors of Secrets Manager, in the service's words. */
final class Failures {
  private Failures() {}

  static AwsException noSecret() {
    return new AwsException(
        "ResourceNotFoundException", "Secrets Manager can't find the specified secret.");
  }

  static AwsException noValue(String which) {
    return new AwsException(
        "ResourceNotFoundException",
        "Secrets Manager can't find the specified secret value for " + which);
  }

  static AwsException exists(String name) {
    return new AwsException(
        "ResourceExistsException",
        "The operation failed because the secret %s already exists.".formatted(name));
  }

  static AwsException markedForDeletion() {
    return request(
        "You can't perform this operation on the secret because it was marked for deletion.");
  }

  static AwsException request(String message) {
    return new AwsException("InvalidRequestException", message);
  }

  static AwsException parameter(String message) {
    return new AwsException("InvalidParameterException", message);
  }
}
