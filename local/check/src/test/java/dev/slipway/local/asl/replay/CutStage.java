package dev.slipway.local.asl.replay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.local.asl.Execution;
import dev.slipway.local.asl.ExecutionInfo;
import dev.slipway.local.asl.definition.StateMachine;
import dev.slipway.local.asl.task.RunningTask;
import dev.slipway.local.asl.task.TaskCompletion;
import dev.slipway.local.asl.task.TaskExecutor;
import dev.slipway.local.asl.task.TaskRequest;
import dev.slipway.local.asl.time.SimulatedTime;
import java.util.HashSet;
import java.util.Set;

/**
 * Kills the interpreter right after an execution's journal has recorded so many times, and lets
 * another one continue from what was recorded last.
 */
final class CutStage implements CaseRun.Stage {
  private final int afterRecords;
  private final Set<String> started = new HashSet<>();
  private int records;
  private JsonNode cutAt;

  /**
   * @param afterRecords the number of records after which to cut, from 1
   */
  CutStage(int afterRecords) {
    this.afterRecords = afterRecords;
  }

  /** Whether the execution had come that far before it ended. */
  boolean cut() {
    return cutAt != null;
  }

  @Override
  public Execution run(
      StateMachine machine, JsonNode input, ExecutionInfo info, CaseRun.Props props)
      throws InterruptedException {
    SimulatedTime first = new SimulatedTime(info.startTime());
    Execution execution =
        props
            .interpreter(new OneLife(props.tasks(), true), first)
            .journal(this::record)
            .build()
            .start(machine, input, info);
    // A timer at a time, so that none runs after the cut.
    while (!cut() && first.runNext()) {}
    if (!cut()) {
      return execution;
    }
    SimulatedTime second = new SimulatedTime(first.instant());
    Execution restored =
        props
            .interpreter(new OneLife(props.tasks(), false), second)
            .build()
            .restore(machine, cutAt);
    second.runUntilIdle();
    return restored;
  }

  private void record(Execution execution) {
    if (++records == afterRecords) {
      try {
        cutAt = new ObjectMapper().readTree(execution.snapshot().toString());
      } catch (JsonProcessingException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** Performs each attempt once; the first life ends with the cut. */
  private final class OneLife implements TaskExecutor {
    private final RecordedTasks tasks;
    private final boolean first;

    OneLife(RecordedTasks tasks, boolean first) {
      this.tasks = tasks;
      this.first = first;
    }

    @Override
    public RunningTask start(TaskRequest request, TaskCompletion completion) {
      boolean dead = first && cut();
      return dead || !started.add(request.id())
          ? RunningTask.notCancellable()
          : tasks.start(request, completion);
    }

    @Override
    public RunningTask resume(TaskRequest request, TaskCompletion completion) {
      return start(request, completion);
    }
  }
}
