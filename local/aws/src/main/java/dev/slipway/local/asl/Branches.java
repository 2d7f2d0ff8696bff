package dev.slipway.local.asl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.local.asl.definition.MapItem;
import dev.slipway.local.asl.definition.MapState;
import dev.slipway.local.asl.definition.ParallelState;
import dev.slipway.local.asl.definition.State;
import dev.slipway.local.asl.definition.StateFailure;
import dev.slipway.local.asl.definition.StateGroup;
import dev.slipway.local.asl.history.HistoryEventType;
import java.util.Optional;

/** The branches inside of Parallel and Map states: started, joined, and cut short. */
final class Branches {
  private final RunningExecution execution;
  private final Scheduler scheduler;
  private final History history;

  Branches(RunningExecution execution, Scheduler scheduler, History history) {
    this.execution = execution;
    this.scheduler = scheduler;
    this.history = history;
  }

  void start(Branch parent, FanOut fanOut) {
    parent.wait = fanOut;
    if (fanOut.isMap()) {
      history.add(
          parent,
          HistoryEventType.MAP_STATE_STARTED,
          History.details().put("length", fanOut.size()));
    } else {
      history.add(parent, HistoryEventType.PARALLEL_STATE_STARTED, null);
    }
    proceed(parent, fanOut);
  }

  /** Starts as many as may run; or ends the state if none is left. */
  private void proceed(Branch parent, FanOut fanOut) {
    while (fanOut.mayStartAnother()) {
      startNext(parent, fanOut);
    }
    if (fanOut.complete()) {
      history.add(
          parent,
          fanOut.isMap()
              ? HistoryEventType.MAP_STATE_SUCCEEDED
              : HistoryEventType.PARALLEL_STATE_SUCCEEDED,
          null);
      scheduler.completed(parent, fanOut.result(), Optional.empty());
    }
  }

  private void startNext(Branch parent, FanOut fanOut) {
    int index = fanOut.started++;
    Branch branch = create(parent, fanOut, index);
    branch.lastEvent = parent.lastEvent;
    fanOut.branches[index] = branch;
    if (fanOut.isMap()) {
      history.add(branch, HistoryEventType.MAP_ITERATION_STARTED, iteration(parent, index));
    }
    scheduler.begin(branch, fanOut.inputs.get(index));
  }

  static Branch create(Branch parent, FanOut fanOut, int index) {
    MapItem item = fanOut.isMap() ? new MapItem(index, fanOut.items.get(index)) : parent.item;
    return new Branch(parent, index, group(parent.state, index), item);
  }

  private static StateGroup group(State state, int index) {
    return switch (state) {
      case ParallelState parallel -> parallel.branches().get(index);
      case MapState map -> map.processor();
      default -> throw new IllegalStateException(state.name() + " has no branches");
    };
  }

  private static ObjectNode iteration(Branch parent, int index) {
    return History.details().put("name", parent.state.name()).put("index", index);
  }

  /** A branch has come to its end. */
  void succeeded(Branch branch, JsonNode output) {
    Branch parent = branch.parent;
    FanOut fanOut = (FanOut) parent.wait;
    if (fanOut.isMap()) {
      history.add(
          branch, HistoryEventType.MAP_ITERATION_SUCCEEDED, iteration(parent, branch.index));
    }
    fanOut.succeeded(branch, output);
    parent.lastEvent = branch.lastEvent;
    proceed(parent, fanOut);
  }

  /** A branch has failed, and so the state around it: the others are cut short. */
  void failed(Branch branch, StateFailure failure) {
    Branch parent = branch.parent;
    FanOut fanOut = (FanOut) parent.wait;
    parent.lastEvent = branch.lastEvent;
    if (fanOut.isMap()) {
      history.add(parent, HistoryEventType.MAP_ITERATION_FAILED, iteration(parent, branch.index));
    }
    for (Branch other : fanOut.unfinished()) {
      if (other.open()) {
        abort(other);
        if (fanOut.isMap()) {
          history.add(
              other, HistoryEventType.MAP_ITERATION_ABORTED, iteration(parent, other.index));
        }
      }
    }
    history.add(
        parent,
        fanOut.isMap() ? HistoryEventType.MAP_STATE_FAILED : HistoryEventType.PARALLEL_STATE_FAILED,
        null);
    scheduler.failures().handle(parent, failure);
  }

  /** Cuts a branch short, with all inside. Its wait stays known, for a redrive. */
  private void abort(Branch branch) {
    drop(branch);
    if (branch.enteredAt != null) {
      history.aborted(branch);
    }
  }

  /** Stops waiting, in the branch and all inside, without a word to the history. */
  void drop(Branch branch) {
    branch.aborted = branch.failure == null;
    switch (branch.wait) {
      case FanOut fanOut -> fanOut.unfinished().stream().filter(Branch::open).forEach(this::drop);
      case TaskWait wait -> {
        wait.drop();
        execution.after(new CancelTask(wait));
      }
      case Wait.Delay delay -> delay.drop();
      case null -> {}
    }
  }

  /** Sets off again what has not succeeded, from where it failed or was cut short. */
  void redrive(Branch branch) {
    branch.failure = null;
    branch.aborted = false;
    branch.clearRetries();
    if (branch.wait instanceof FanOut fanOut) {
      fanOut.unfinished().forEach(this::redrive);
      proceed(branch, fanOut);
    } else {
      branch.wait = null;
      scheduler.again(branch);
    }
  }
}
