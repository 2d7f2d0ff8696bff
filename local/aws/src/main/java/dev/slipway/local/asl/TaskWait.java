package dev.slipway.local.asl;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.local.asl.task.RunningTask;
import dev.slipway.local.asl.task.TaskCompletion;
import dev.slipway.local.asl.task.TaskRequest;
import dev.slipway.local.asl.time.Timers;
import java.time.Instant;
import java.util.concurrent.CompletionStage;

/** One attempt of a task that is under way, and where its answer goes. */
final class TaskWait implements Wait, TaskCompletion {
  private final RunningExecution execution;
  private final Branch branch;
  final TaskRequest request;

  /** Null without a limit. */
  final Instant deadline;

  /** Null without a limit; moves with each heartbeat. */
  Instant heartbeatDeadline;

  boolean submitted;
  boolean cancelled;
  RunningTask running;
  private Timers.Timer deadlineTimer = () -> {};
  private Timers.Timer heartbeatTimer = () -> {};

  TaskWait(
      RunningExecution execution,
      Branch branch,
      TaskRequest request,
      Instant deadline,
      Instant heartbeatDeadline) {
    this.execution = execution;
    this.branch = branch;
    this.request = request;
    this.deadline = deadline;
    this.heartbeatDeadline = heartbeatDeadline;
  }

  Branch branch() {
    return branch;
  }

  /** Whether it is still awaited. */
  boolean current() {
    return branch.wait == this && branch.open();
  }

  void arm() {
    if (deadline != null) {
      deadlineTimer = execution.schedule(deadline, this::timeOut);
    }
    armHeartbeat();
  }

  private void timeOut() {
    if (current()) {
      execution.scheduler().timedOut(this, false);
    }
  }

  private void armHeartbeat() {
    if (heartbeatDeadline != null) {
      heartbeatTimer = execution.schedule(heartbeatDeadline, this::missHeartbeat);
    }
  }

  private void missHeartbeat() {
    if (current()) {
      execution.scheduler().timedOut(this, true);
    }
  }

  @Override
  public void drop() {
    deadlineTimer.cancel();
    heartbeatTimer.cancel();
  }

  @Override
  public CompletionStage<Boolean> submitted(JsonNode answer) {
    return answer(() -> execution.scheduler().submitted(this, answer));
  }

  @Override
  public CompletionStage<Boolean> succeed(JsonNode result) {
    return answer(() -> execution.scheduler().succeeded(this, result));
  }

  @Override
  public CompletionStage<Boolean> fail(String error, String cause) {
    return answer(() -> execution.scheduler().failed(this, error, cause));
  }

  @Override
  public CompletionStage<Boolean> heartbeat() {
    return answer(
        () -> {
          if (heartbeatDeadline != null) {
            heartbeatTimer.cancel();
            heartbeatDeadline = execution.now().plus(request.heartbeat().orElseThrow());
            armHeartbeat();
          }
        });
  }

  private CompletionStage<Boolean> answer(Runnable action) {
    return execution.post(
        () -> {
          boolean counts = current();
          if (counts) {
            action.run();
          }
          return counts;
        });
  }
}
