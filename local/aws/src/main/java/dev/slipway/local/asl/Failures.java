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

/** Decides about a state that fails: retry, catch, or the end of its branch. */
final class Failures {
  private final RunningExecution execution;
  private final Scheduler scheduler;
  private final History history;

  Failures(RunningExecution execution, Scheduler scheduler, History history) {
    this.execution = execution;
    this.scheduler = scheduler;
    this.history = history;
  }

  /** A state has failed while a branch visited it. */
  void raised(Branch branch, StateFailure failure) {
    handle(branch, located(branch, failure));
  }

  /** Says in the cause which state failed, unless the report comes from outside the interpreter. */
  private StateFailure located(Branch branch, StateFailure failure) {
    return switch (failure.kind()) {
      case REPORTED, HEARTBEAT -> failure;
      case EVALUATION, TERMINAL ->
          failure.withCause(
              "An error occurred while executing the state '%s' (entered at the event id #%d). %s"
                  .formatted(branch.state.name(), branch.enteredEvent, failure.cause()));
    };
  }

  /** Lets retriers, then catchers of the state deal with a failure; else the branch has failed. */
  void handle(Branch branch, StateFailure failure) {
    noteEvaluation(branch, failure);
    StateFailure remaining = failure;
    if (branch.state instanceof FallibleState state) {
      if (retry(branch, state, failure)) {
        return;
      }
      for (Catcher catcher : state.catchers()) {
        if (catcher.matches(failure)) {
          remaining = caught(branch, catcher, failure);
          break;
        }
      }
    }
    if (remaining != null) {
      branch.failure = remaining;
      if (branch.parent == null) {
        execution.fail(branch.lastEvent, remaining.error(), remaining.cause());
      } else {
        scheduler.branches().failed(branch, remaining);
      }
    }
  }

  /**
   * A failed evaluation has an event, once: where it is passed on, the branch waits for branches.
   */
  private void noteEvaluation(Branch branch, StateFailure failure) {
    if (failure.kind() == StateFailure.Kind.EVALUATION && branch.wait == null) {
      ObjectNode details = History.putError(History.details(), failure.error(), failure.cause());
      details.put("state", branch.state.name());
      if (failure.location() != null) {
        details.put("location", failure.location());
      }
      history.add(branch, HistoryEventType.EVALUATION_FAILED, details);
    }
  }

  /** The first retrier that matches decides; false if it has no attempt left, or none matches. */
  private boolean retry(Branch branch, FallibleState state, StateFailure failure) {
    List<Retrier> retriers = state.retriers();
    for (int i = 0; i < retriers.size(); i++) {
      Retrier retrier = retriers.get(i);
      if (retrier.matches(failure)) {
        int made = branch.retriesBy(i);
        if (!retrier.allows(made)) {
          return false;
        }
        branch.countRetry(i);
        double seconds = retrier.delaySeconds(made, execution.ports().random());
        Duration delay = Duration.ofMillis(Math.round(seconds * 1000));
        scheduler.delay(branch, new Wait.Delay(execution.now().plus(delay), true));
        return true;
      }
    }
    return false;
  }

  /** The failure that remains: null, or that of the catcher's own expressions. */
  private StateFailure caught(Branch branch, Catcher catcher, StateFailure failure) {
    Wait before = branch.wait;
    branch.wait = null;
    try {
      catcher.leave(scheduler.visitOf(branch), failure);
      return null;
    } catch (EvaluationException e) {
      StateFailure own = located(branch, StateFailure.evaluation(e.location(), e.getMessage()));
      noteEvaluation(branch, own);
      branch.wait = before;
      return own;
    } catch (StateFailure own) {
      branch.wait = before;
      return located(branch, own);
    }
  }
}
