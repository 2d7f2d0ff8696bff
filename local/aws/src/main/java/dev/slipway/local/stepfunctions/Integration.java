package dev.slipway.local.stepfunctions;

import dev.slipway.local.asl.task.RunningTask;
import dev.slipway.local.asl.task.TaskCompletion;
import dev.slipway.local.asl.task.TaskRequest;
import dev.slipway.local.aws.Access;
import java.util.List;

/** Performs the tasks of some resources. */
interface Integration {

  /** Whether a resource, its pattern's suffix included, is performed here. */
  boolean performs(String resource);

  /** The permissions that the state machine's role needs for an attempt. */
  List<Access> needs(TaskRequest request);

  /** The permissions that it needs to end the attempt early. */
  default List<Access> needsToCancel(TaskRequest request) {
    return List.of();
  }

  /** The error with which an attempt fails that the role does not allow. */
  String errorWhenDenied(TaskRequest request);

  /** The cause of that error, from IAM's message. */
  default String causeWhenDenied(TaskRequest request, String message) {
    return message;
  }

  /** Starts an attempt; does not block. */
  RunningTask start(TaskRequest request, TaskCompletion completion);

  /** Takes an attempt up again after a restart. */
  RunningTask resume(TaskRequest request, TaskCompletion completion);

  /** An attempt that waited for its token was answered; nothing about it is needed any more. */
  default void answered(TaskRequest request) {}
}
