package dev.slipway.local.asl.definition;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** A state that may have retriers and catchers, and a result. */
public abstract sealed class FallibleState implements State
    permits TaskState, ParallelState, MapState {
  private final String name;
  private final Transitions transitions;

  FallibleState(String name, Fields fields) {
    this.name = name;
    this.transitions = Transitions.of(fields);
  }

  @Override
  public final String name() {
    return name;
  }

  /** The retriers, asked in this order. */
  public final List<Retrier> retriers() {
    return transitions.retriers();
  }

  /** The catchers of errors that are not tried again, asked in this order. */
  public final List<Catcher> catchers() {
    return transitions.catchers();
  }

  /** Has the state go on once its result is there; without {@code Output} it is the output. */
  public final void completed(Visit visit, JsonNode result) {
    transitions.exit().leave(visit, visit.scope().withResult(result), result);
  }

  @Override
  public final List<Transition> transitions() {
    return transitions.all();
  }
}
