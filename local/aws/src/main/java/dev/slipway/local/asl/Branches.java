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

/** The lanes inside of Parallel and Map states: started, joined, and cut short. */
final class Branches {
  private final RunningExecution execution;
  private final Course course;
  private final History history;

  Branches(RunningExecution execution, Course course, History history) {
    this.execution = execution;
    this.course = course;
    this.history = history;
  }

  void start(Lane parent, Fan fan) {
    parent.wait = fan;
    if (fan.isMap()) {
      history.add(
          parent, HistoryEventType.MAP_STATE_STARTED, History.details().put("length", fan.size()));
    } else {
      history.add(parent, HistoryEventType.PARALLEL_STATE_STARTED, null);
    }
    proceed(parent, fan);
  }

  /** Starts as many as may run; or ends the state if none is left. */
  private void proceed(Lane parent, Fan fan) {
    while (fan.mayStartAnother()) {
      startNext(parent, fan);
    }
    if (fan.complete()) {
      history.add(
          parent,
          fan.isMap()
              ? HistoryEventType.MAP_STATE_SUCCEEDED
              : HistoryEventType.PARALLEL_STATE_SUCCEEDED,
          null);
      course.completed(parent, fan.result(), Optional.empty());
    }
  }

  private void startNext(Lane parent, Fan fan) {
    int index = fan.started++;
    Lane lane = create(parent, fan, index);
    lane.lastEvent = parent.lastEvent;
    fan.lanes[index] = lane;
    if (fan.isMap()) {
      history.add(lane, HistoryEventType.MAP_ITERATION_STARTED, iteration(parent, index));
    }
    course.begin(lane, fan.inputs.get(index));
  }

  static Lane create(Lane parent, Fan fan, int index) {
    MapItem item = fan.isMap() ? new MapItem(index, fan.items.get(index)) : parent.item;
    return new Lane(parent, index, group(parent.state, index), item);
  }

  private static StateGroup group(State state, int index) {
    return switch (state) {
      case ParallelState parallel -> parallel.branches().get(index);
      case MapState map -> map.processor();
      default -> throw new IllegalStateException(state.name() + " has no branches");
    };
  }

  private static ObjectNode iteration(Lane parent, int index) {
    return History.details().put("name", parent.state.name()).put("index", index);
  }

  /** A branch has come to its end. */
  void succeeded(Lane lane, JsonNode output) {
    Lane parent = lane.parent;
    Fan fan = (Fan) parent.wait;
    if (fan.isMap()) {
      history.add(lane, HistoryEventType.MAP_ITERATION_SUCCEEDED, iteration(parent, lane.index));
    }
    fan.succeeded(lane, output);
    parent.lastEvent = lane.lastEvent;
    proceed(parent, fan);
  }

  /** A branch has failed, and so the state around it: the others are cut short. */
  void failed(Lane lane, StateFailure failure) {
    Lane parent = lane.parent;
    Fan fan = (Fan) parent.wait;
    parent.lastEvent = lane.lastEvent;
    if (fan.isMap()) {
      history.add(parent, HistoryEventType.MAP_ITERATION_FAILED, iteration(parent, lane.index));
    }
    for (Lane other : fan.unfinished()) {
      if (other.open()) {
        abort(other);
        if (fan.isMap()) {
          history.add(
              other, HistoryEventType.MAP_ITERATION_ABORTED, iteration(parent, other.index));
        }
      }
    }
    history.add(
        parent,
        fan.isMap() ? HistoryEventType.MAP_STATE_FAILED : HistoryEventType.PARALLEL_STATE_FAILED,
        null);
    course.failures().handle(parent, failure);
  }

  /** Cuts a lane short, with all inside. What it waited for stays known, for a redrive. */
  private void abort(Lane lane) {
    drop(lane);
    if (lane.enteredAt != null) {
      history.aborted(lane);
    }
  }

  /** Stops waiting, in the lane and all inside, without a word to the history. */
  void drop(Lane lane) {
    lane.aborted = lane.failure == null;
    switch (lane.wait) {
      case Fan fan -> fan.unfinished().stream().filter(Lane::open).forEach(this::drop);
      case TaskWait wait -> {
        wait.drop();
        execution.after(new CancelTask(wait));
      }
      case Wait.Delay delay -> delay.drop();
      case null -> {}
    }
  }

  /** Sets off again what has not succeeded, from where it failed or was cut short. */
  void redrive(Lane lane) {
    lane.failure = null;
    lane.aborted = false;
    lane.clearRetries();
    if (lane.wait instanceof Fan fan) {
      fan.unfinished().forEach(this::redrive);
      proceed(lane, fan);
    } else {
      lane.wait = null;
      course.again(lane);
    }
  }
}
