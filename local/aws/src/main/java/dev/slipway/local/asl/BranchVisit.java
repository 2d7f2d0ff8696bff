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

/** The visit of a branch to the state it is in. */
final class BranchVisit implements Visit {
  private final RunningExecution execution;
  private final Branch branch;
  private final String taskId;
  private final Optional<String> token;
  private final Scope scope;

  /**
   * @param taskId id of the attempt that a Task state may make in this visit
   * @param token its task token, if it has one
   */
  BranchVisit(RunningExecution execution, Branch branch, String taskId, Optional<String> token) {
    this.execution = execution;
    this.branch = branch;
    this.taskId = taskId;
    this.token = token;
    this.scope =
        new Scope(
            branch::lookup,
            execution.ports().functions(),
            branch.input,
            () -> ContextObject.of(execution, branch, branch.item, token));
  }

  @Override
  public JsonNode input() {
    return branch.input;
  }

  @Override
  public Scope scope() {
    return scope;
  }

  @Override
  public Scope scopeOf(MapItem item) {
    return scope.withContext(() -> ContextObject.of(execution, branch, item, token));
  }

  @Override
  public Instant now() {
    return execution.now();
  }

  @Override
  public void leave(JsonNode output, ObjectNode assigned, Transition transition) {
    execution.scheduler().leave(branch, output, assigned, transition);
  }

  @Override
  public void sleepUntil(Instant until) {
    execution.scheduler().delay(branch, new Wait.Delay(until, false));
  }

  @Override
  public void perform(TaskCall call) {
    execution.scheduler().perform(branch, call, taskId, token);
  }

  @Override
  public void branch(List<StateGroup> branches, JsonNode input) {
    List<JsonNode> inputs = Collections.nCopies(branches.size(), input);
    execution.scheduler().fanOut(branch, new FanOut(inputs, null, 0));
  }

  @Override
  public void iterate(MapRun run) {
    execution.scheduler().fanOut(branch, new FanOut(run.inputs(), run.items(), run.concurrency()));
  }
}
