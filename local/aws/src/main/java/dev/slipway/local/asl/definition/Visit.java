package dev.slipway.local.asl.definition;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.local.asl.expression.Scope;
import java.time.Instant;
import java.util.List;

/**
 * One visit of a state by an execution: the data that the state sees, and the effects it can have.
 * A state ends each visit with exactly one of the other methods, or with a {@link StateFailure}.
 */
public interface Visit {

  JsonNode input();

  /** The scope of the state's expressions. */
  Scope scope();

  /** The scope of expressions that are evaluated for one item of a Map. */
  Scope scopeOf(MapItem item);

  Instant now();

  /** Leaves the state. */
  void leave(JsonNode output, ObjectNode assigned, Transition transition);

  /** Waits; then {@link WaitState#resume} follows. */
  void sleepUntil(Instant until);

  /** Has a task performed; then {@link TaskState#completed} follows. */
  void perform(TaskCall call);

  /** Runs branches at once; then {@link ParallelState#completed} follows. */
  void branch(List<StateGroup> branches, JsonNode input);

  /** Runs the same states for each item; then {@link MapState#completed} follows. */
  void iterate(MapRun run);
}
