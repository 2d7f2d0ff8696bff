package dev.slipway.local.asl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.local.asl.definition.ErrorNames;
import dev.slipway.local.asl.definition.FallibleState;
import dev.slipway.local.asl.definition.StateFailure;
import dev.slipway.local.asl.definition.TaskCall;
import dev.slipway.local.asl.definition.TaskState;
import dev.slipway.local.asl.definition.Transition;
import dev.slipway.local.asl.definition.Visit;
import dev.slipway.local.asl.definition.WaitState;
import dev.slipway.local.asl.expression.EvaluationException;
import dev.slipway.local.asl.task.IntegrationPattern;
import dev.slipway.local.asl.task.TaskRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The course of an execution: how lanes move from state to state and wait. Not safe for threads:
 * the execution sees to it that one thing happens at a time.
 */
final class Course {
  private final RunningExecution execution;
  private final Ports ports;
  private final History history;
  private final TaskEvents taskEvents;
  private final Payloads payloads;
  private final Branches branches;
  private final Failures failures;

  /** Lanes that have come to a state, or back to it, which has not had its turn yet. */
  private final ArrayDeque<Lane> arrived = new ArrayDeque<>(2);

  Course(RunningExecution execution, Ports ports, History history) {
    this.execution = execution;
    this.ports = ports;
    this.history = history;
    this.taskEvents = new TaskEvents(history, execution.info().arn());
    this.payloads = new Payloads(ports.limits());
    this.branches = new Branches(execution, this, history);
    this.failures = new Failures(execution, this, history);
  }

  Branches branches() {
    return branches;
  }

  Failures failures() {
    return failures;
  }

  /** Sets a lane off at the first state of its group. */
  void begin(Lane lane, JsonNode input) {
    lane.moveTo(lane.group.startAt(), input);
    arrived.add(lane);
  }

  /** Lets the state that a lane is in begin anew. */
  void again(Lane lane) {
    arrived.add(lane);
  }

  /** Takes back all turns that are still to be given. */
  void halt() {
    arrived.clear();
  }

  /** Gives turns until every lane waits or has ended, or an event waits that ends the execution. */
  void run() {
    while (!arrived.isEmpty() && !execution.interrupted()) {
      Lane lane = arrived.poll();
      if (lane.open() && execution.status() == ExecutionStatus.RUNNING) {
        if (lane.enteredAt == null) {
          lane.enteredAt = execution.now();
          history.entered(lane, lane.input.toString());
        }
        enter(lane);
      }
    }
  }

  /** Has the current state do its work, for the first time or again. */
  void enter(Lane lane) {
    lane.wait = null;
    String taskId = execution.nextTaskId();
    boolean hasToken = lane.state instanceof TaskState task && task.hasToken();
    Optional<String> token =
        hasToken ? Optional.of(ports.tokens().create(taskId)) : Optional.empty();
    turn(lane, new Turn(execution, lane, taskId, token), lane.state::enter);
  }

  private void turn(Lane lane, Visit visit, Consumer<Visit> action) {
    try {
      action.accept(visit);
    } catch (EvaluationException e) {
      failures.raised(lane, StateFailure.evaluation(e.location(), e.getMessage()));
    } catch (StateFailure failure) {
      failures.raised(lane, failure);
    }
  }

  void leave(Lane lane, JsonNode output, ObjectNode assigned, Transition transition) {
    String text = payloads.check(lane.state.name(), output);
    payloads.checkVariables(lane.state.name(), assigned);
    history.exited(lane, text, assigned);
    assigned.properties().forEach(v -> lane.assign(v.getKey(), v.getValue()));
    if (transition.next().isPresent()) {
      lane.moveTo(transition.next().get(), output);
      arrived.add(lane);
    } else if (lane.parent == null) {
      execution.succeed(output);
    } else {
      branches.succeeded(lane, output);
    }
  }

  void delay(Lane lane, Wait.Delay delay) {
    lane.wait = delay;
    arm(lane, delay);
  }

  private void arm(Lane lane, Wait.Delay delay) {
    delay.arm(
        ports.timers(),
        () ->
            execution.tell(
                () -> {
                  if (lane.wait == delay && lane.open()) {
                    elapsed(lane, delay);
                  }
                }));
  }

  private void elapsed(Lane lane, Wait.Delay delay) {
    if (delay.retry) {
      enter(lane);
    } else {
      lane.wait = null;
      turn(lane, visitOf(lane), ((WaitState) lane.state)::resume);
    }
  }

  /** A turn in which no task begins. */
  Turn visitOf(Lane lane) {
    return new Turn(execution, lane, null, Optional.empty());
  }

  void perform(Lane lane, TaskCall call, String taskId, Optional<String> token) {
    payloads.check(lane.state.name(), call.arguments());
    TaskRequest request =
        new TaskRequest(
            taskId,
            execution.info().arn(),
            lane.state.name(),
            lane.mapIndexes(),
            call.resource(),
            IntegrationPattern.of(call.resource()),
            call.arguments(),
            call.credentials(),
            call.timeoutSeconds().map(Duration::ofSeconds),
            call.heartbeatSeconds().map(Duration::ofSeconds),
            lane.retryCount,
            token);
    Instant now = execution.now();
    TaskWait wait =
        new TaskWait(
            execution,
            lane,
            request,
            request.timeout().map(now::plus).orElse(null),
            request.heartbeat().map(now::plus).orElse(null));
    taskEvents.scheduled(lane, request);
    lane.wait = wait;
    wait.arm();
    execution.after(new StartTask(ports.tasks(), wait, false));
  }

  void submitted(TaskWait wait, JsonNode answer) {
    wait.submitted = true;
    taskEvents.submitted(wait.lane(), wait.request, answer);
  }

  void succeeded(TaskWait wait, JsonNode result) {
    Lane lane = wait.lane();
    String text = result.toString();
    if (!payloads.fits(text)) {
      failed(
          wait,
          ErrorNames.DATA_LIMIT_EXCEEDED,
          Payloads.tooLarge(TaskEvents.service(wait.request.resource())));
      return;
    }
    wait.drop();
    taskEvents.succeeded(lane, wait.request, text);
    completed(lane, result, wait.request.taskToken());
  }

  /** Has a Task, Parallel or Map state go on with its result. */
  void completed(Lane lane, JsonNode result, Optional<String> token) {
    lane.wait = null;
    FallibleState state = (FallibleState) lane.state;
    turn(lane, new Turn(execution, lane, null, token), visit -> state.completed(visit, result));
  }

  void failed(TaskWait wait, String error, String cause) {
    wait.drop();
    wait.lane().wait = null;
    taskEvents.failed(wait.lane(), wait.request, wait.submitted, error, cause);
    failures.handle(wait.lane(), StateFailure.reported(error, cause));
  }

  void timedOut(TaskWait wait, boolean heartbeat) {
    wait.drop();
    wait.lane().wait = null;
    String error = heartbeat ? ports.heartbeatError() : ErrorNames.TIMEOUT;
    taskEvents.timedOut(wait.lane(), wait.request, error);
    execution.after(new CancelTask(wait));
    failures.handle(
        wait.lane(),
        heartbeat ? StateFailure.heartbeat(error) : StateFailure.reported(error, null));
  }

  void fanOut(Lane lane, Fan fan) {
    branches.start(lane, fan);
  }

  /** Takes up what a restored lane waits for. */
  void resume(Lane lane) {
    switch (lane.wait) {
      case Wait.Delay delay -> arm(lane, delay);
      case TaskWait wait -> {
        wait.arm();
        execution.after(new StartTask(ports.tasks(), wait, true));
      }
      case Fan fan -> fan.unfinished().stream().filter(Lane::open).forEach(this::resume);
      case null -> {}
    }
  }
}
