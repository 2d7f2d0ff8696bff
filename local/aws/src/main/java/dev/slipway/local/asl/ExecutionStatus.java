package dev.slipway.local.asl;

/** Where an execution stands, in the words of the API. */
public enum ExecutionStatus {
  RUNNING,
  SUCCEEDED,
  FAILED,
  TIMED_OUT,
  ABORTED
}
