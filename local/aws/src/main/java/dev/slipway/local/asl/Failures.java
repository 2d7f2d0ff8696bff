package dev.slipway.local.asl;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.local.asl.definition.Catcher;
import dev.slipway.local.asl.definition.FallibleState;
import dev.slipway.local.asl.definition.Retrier;
import dev.slipway.local.asl.definition.StateFailure;
import dev.slipway.local.asl.expression.EvaluationException;
import dev.slipway.local.asl.history.HistoryEventType;
import java.time.Duration;
import java.util.List;

/** What becomes of a state that fails: tried again, caught, or the end of its lane. */
final class Failures {
  private final RunningExecution execution;
  private final Course course;
  private final History history;

  Failures(RunningExecution execution, Course course, History history) {
    this.execution = execution;
    this.course = course;
    this.history = history;
  }

  /** A state has failed in its turn. */
  void raised(Lane lane, StateFailure failure) {
    handle(lane, located(lane, failure));
  }

  /** Says in the cause which state failed, unless somebody else than the interpreter reports. */
  private StateFailure located(Lane lane, StateFailure failure) {
    return switch (failure.kind()) {
      case REPORTED, HEARTBEAT -> failure;
      case EVALUATION, TERMINAL ->
          failure.withCause(
              "An error occurred while executing the state '%s' (entered at the event id #%d). %s"
                  .formatted(lane.state.name(), lane.enteredEvent, failure.cause()));
    };
  }

  /** Lets retriers, then catchers of the state deal with a failure; else the lane has failed. */
  void handle(Lane lane, StateFailure failure) {
    noteEvaluation(lane, failure);
    StateFailure remaining = failure;
    if (lane.state instanceof FallibleState state) {
      if (retry(lane, state, failure)) {
        return;
      }
      for (Catcher catcher : state.catchers()) {
        if (catcher.matches(failure)) {
          remaining = caught(lane, catcher, failure);
          break;
        }
      }
    }
    if (remaining != null) {
      lane.failure = remaining;
      if (lane.parent == null) {
        execution.fail(lane.lastEvent, remaining.error(), remaining.cause());
      } else {
        course.branches().failed(lane, remaining);
      }
    }
  }

  /** A failed evaluation has an event, once: where it is passed on, the lane waits for branches. */
  private void noteEvaluation(Lane lane, StateFailure failure) {
    if (failure.kind() == StateFailure.Kind.EVALUATION && lane.wait == null) {
      ObjectNode details = History.putError(History.details(), failure.error(), failure.cause());
      details.put("state", lane.state.name());
      if (failure.location() != null) {
        details.put("location", failure.location());
      }
      history.add(lane, HistoryEventType.EVALUATION_FAILED, details);
    }
  }

  /** The first retrier that matches decides; false if it has no attempt left, or none matches. */
  private boolean retry(Lane lane, FallibleState state, StateFailure failure) {
    List<Retrier> retriers = state.retriers();
    for (int i = 0; i < retriers.size(); i++) {
      Retrier retrier = retriers.get(i);
      if (retrier.matches(failure)) {
        int made = lane.retriesBy(i);
        if (!retrier.allows(made)) {
          return false;
        }
        lane.countRetry(i);
        double seconds = retrier.delaySeconds(made, execution.ports().random());
        Duration delay = Duration.ofMillis(Math.round(seconds * 1000));
        course.delay(lane, new Wait.Delay(execution.now().plus(delay), true));
        return true;
      }
    }
    return false;
  }

  /** The failure that remains: null, or that of the catcher's own expressions. */
  private StateFailure caught(Lane lane, Catcher catcher, StateFailure failure) {
    Wait before = lane.wait;
    lane.wait = null;
    try {
      catcher.leave(course.visitOf(lane), failure);
      return null;
    } catch (EvaluationException e) {
      StateFailure own = located(lane, StateFailure.evaluation(e.location(), e.getMessage()));
      noteEvaluation(lane, own);
      lane.wait = before;
      return own;
    } catch (StateFailure own) {
      lane.wait = before;
      return located(lane, own);
    }
  }
}
