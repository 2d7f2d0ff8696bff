package dev.slipway.local.stepfunctions;

import dev.slipway.local.aws.AwsException;

/** The errors of Step Functions, in the service's words. */
final class Failures {
  private Failures() {}

  static AwsException noStateMachine(String arn) {
    return new AwsException(
        "StateMachineDoesNotExist", "State Machine Does Not Exist: '%s'".formatted(arn));
  }

  static AwsException noExecution(String arn) {
    return new AwsException(
        "ExecutionDoesNotExist", "Execution Does Not Exist: '%s'".formatted(arn));
  }

  static AwsException executionExists(String arn) {
    return new AwsException(
        "ExecutionAlreadyExists", "Execution Already Exists: '%s'".formatted(arn));
  }

  static AwsException invalidArn(String arn) {
    return new AwsException(
        "InvalidArn", "Invalid Arn: 'Resource type not valid in this context: %s'".formatted(arn));
  }

  static AwsException invalidToken() {
    return new AwsException("InvalidToken", "Invalid Token: 'Invalid token'");
  }

  static AwsException taskGone() {
    return new AwsException(
        "TaskTimedOut", "Task Timed Out: 'Provided task does not exist anymore'");
  }

  static AwsException validation(String message) {
    return new AwsException("ValidationException", message);
  }
}
