package dev.slipway.local.stepfunctions;

import dev.slipway.local.asl.task.TaskRequest;
import dev.slipway.local.aws.Access;
import dev.slipway.local.aws.Authorizer;
import dev.slipway.local.aws.AwsException;
import dev.slipway.local.aws.Caller;
import java.util.List;
import java.util.Optional;

/** Holds what tasks do against the role of their state machine. */
final class TaskPermissions {
  private final Authorizer authorizer;

  TaskPermissions(Authorizer authorizer) {
    this.authorizer = authorizer;
  }

  /** Why the task may not do that; empty if it may. */
  Optional<String> refusal(TaskRequest request, List<Access> accesses) {
    var caller = new Caller("", stateMachineArn(request.executionArn()));
    try {
      accesses.forEach(access -> authorizer.require(caller, access));
      return Optional.empty();
    } catch (AwsException denied) {
      return Optional.of(denied.getMessage());
    }
  }

  /** The state machine of an execution, by the execution's ARN. */
  static String stateMachineArn(String executionArn) {
    int name = executionArn.lastIndexOf(':');
    return executionArn.substring(0, name).replace(":execution:", ":stateMachine:");
  }
}
