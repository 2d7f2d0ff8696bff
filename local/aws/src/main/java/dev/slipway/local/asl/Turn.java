package dev.slipway.local.asl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.local.asl.definition.MapItem;
import dev.slipway.local.asl.definition.MapRun;
import dev.slipway.local.asl.definition.StateGroup;
import dev.slipway.local.asl.definition.TaskCall;
import dev.slipway.local.asl.definition.Transition;
import dev.slipway.local.asl.definition.Visit;
import dev.slipway.local.asl.expression.Scope;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** A turn of the state that a lane is in. */
final class Turn implements Visit {
  private final RunningExecution execution;
  private final Lane lane;
  private final String taskId;
  private final Optional<String> token;
  private final Scope scope;

  /**
   * @param taskId id of the attempt that a Task state may make in this turn
   * @param token its task token, if it has one
   */
  Turn(RunningExecution execution, Lane lane, String taskId, Optional<String> token) {
    this.execution = execution;
    this.lane = lane;
    this.taskId = taskId;
    this.token = token;
    this.scope =
        new Scope(
            lane::lookup,
            execution.ports().functions(),
            lane.input,
            () -> ContextObject.of(execution, lane, lane.item, token));
  }

  @Override
  public JsonNode input() {
    return lane.input;
  }

  @Override
  public Scope scope() {
    return scope;
  }

  @Override
  public Scope scopeOf(MapItem item) {
    return scope.withContext(() -> ContextObject.of(execution, lane, item, token));
  }

  @Override
  public Instant now() {
    return execution.now();
  }

  @Override
  public void leave(JsonNode output, ObjectNode assigned, Transition transition) {
    execution.course().leave(lane, output, assigned, transition);
  }

  @Override
  public void sleepUntil(Instant until) {
    execution.course().delay(lane, new Wait.Delay(until, false));
  }

  @Override
  public void perform(TaskCall call) {
    execution.course().perform(lane, call, taskId, token);
  }

  @Override
  public void branch(List<StateGroup> branches, JsonNode input) {
    List<JsonNode> inputs = Collections.nCopies(branches.size(), input);
    execution.course().fanOut(lane, new Fan(inputs, null, 0));
  }

  @Override
  public void iterate(MapRun run) {
    execution.course().fanOut(lane, new Fan(run.inputs(), run.items(), run.concurrency()));
  }
}
