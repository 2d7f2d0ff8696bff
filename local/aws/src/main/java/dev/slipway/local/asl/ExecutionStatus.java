package dev.slipway.local.asl;

/** The status of an execution, in the words of the API. */
public enum ExecutionStatus {
  RUNNING,
  SUCCEEDED,
  FAILED,
  TIMED_OUT,
  ABORTED
}
