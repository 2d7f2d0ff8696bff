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
 * Moves the branches of one execution from state to state, and has them wait. It is not safe for
 * threads: the execution hands it one event at a time.
 */
final class Scheduler {
  private final RunningExecution execution;
  private final Ports ports;
  private final History history;
  private final TaskEvents taskEvents;
  private final Payloads payloads;
  private final Branches branches;
  private final Failures failures;

  /** Branches whose state is still to be visited. */
  private final ArrayDeque<Branch> arrived = new ArrayDeque<>(2);

  Scheduler(RunningExecution execution, Ports ports, History history) {
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

  /** Sets a branch off at the first state of its group. */
  void begin(Branch branch, JsonNode input) {
    branch.moveTo(branch.group.startAt(), input);
    arrived.add(branch);
  }

  /** Has a branch visit its state anew. */
  void again(Branch branch) {
    arrived.add(branch);
  }

  /** Forgets all visits that are still to be made. */
  void halt() {
    arrived.clear();
  }

  /**
   * Makes visits until every branch waits or has ended, or an event waits that ends the execution.
   */
  void run() {
    while (!arrived.isEmpty() && !execution.interrupted()) {
      Branch branch = arrived.poll();
      if (branch.open() && execution.status() == ExecutionStatus.RUNNING) {
        if (branch.enteredAt == null) {
          branch.enteredAt = execution.now();
          history.entered(branch, branch.input.toString());
        }
        enter(branch);
      }
    }
  }

  /** Has the current state do its work, for the first time or again. */
  void enter(Branch branch) {
    branch.wait = null;
    String taskId = execution.nextTaskId();
    boolean hasToken = branch.state instanceof TaskState task && task.hasToken();
    Optional<String> token =
        hasToken ? Optional.of(ports.tokens().create(taskId)) : Optional.empty();
    visit(branch, new BranchVisit(execution, branch, taskId, token), branch.state::enter);
  }

  private void visit(Branch branch, Visit visit, Consumer<Visit> action) {
    try {
      action.accept(visit);
    } catch (EvaluationException e) {
      failures.raised(branch, StateFailure.evaluation(e.location(), e.getMessage()));
    } catch (StateFailure failure) {
      failures.raised(branch, failure);
    }
  }

  void leave(Branch branch, JsonNode output, ObjectNode assigned, Transition transition) {
    String text = payloads.check(branch.state.name(), output);
    payloads.checkVariables(branch.state.name(), assigned);
    history.exited(branch, text, assigned);
    assigned.properties().forEach(v -> branch.assign(v.getKey(), v.getValue()));
    if (transition.next().isPresent()) {
      branch.moveTo(transition.next().get(), output);
      arrived.add(branch);
    } else if (branch.parent == null) {
      execution.succeed(output);
    } else {
      branches.succeeded(branch, output);
    }
  }

  void delay(Branch branch, Wait.Delay delay) {
    branch.wait = delay;
    arm(branch, delay);
  }

  private void arm(Branch branch, Wait.Delay delay) {
    delay.arm(
        ports.timers(),
        () ->
            execution.tell(
                () -> {
                  if (branch.wait == delay && branch.open()) {
                    elapsed(branch, delay);
                  }
                }));
  }

  private void elapsed(Branch branch, Wait.Delay delay) {
    if (delay.retry) {
      enter(branch);
    } else {
      branch.wait = null;
      visit(branch, visitOf(branch), ((WaitState) branch.state)::resume);
    }
  }

  /** A visit in which no task begins. */
  BranchVisit visitOf(Branch branch) {
    return new BranchVisit(execution, branch, null, Optional.empty());
  }

  void perform(Branch branch, TaskCall call, String taskId, Optional<String> token) {
    payloads.check(branch.state.name(), call.arguments());
    TaskRequest request =
        new TaskRequest(
            taskId,
            execution.info().arn(),
            branch.state.name(),
            branch.mapIndexes(),
            call.resource(),
            IntegrationPattern.of(call.resource()),
            call.arguments(),
            call.credentials(),
            call.timeoutSeconds().map(Duration::ofSeconds),
            call.heartbeatSeconds().map(Duration::ofSeconds),
            branch.retryCount,
            token);
    Instant now = execution.now();
    TaskWait wait =
        new TaskWait(
            execution,
            branch,
            request,
            request.timeout().map(now::plus).orElse(null),
            request.heartbeat().map(now::plus).orElse(null));
    taskEvents.scheduled(branch, request);
    branch.wait = wait;
    wait.arm();
    execution.after(new StartTask(ports.tasks(), wait, false));
  }

  void submitted(TaskWait wait, JsonNode answer) {
    wait.submitted = true;
    taskEvents.submitted(wait.branch(), wait.request, answer);
  }

  void succeeded(TaskWait wait, JsonNode result) {
    Branch branch = wait.branch();
    String text = result.toString();
    if (!payloads.fits(text)) {
      failed(
          wait,
          ErrorNames.DATA_LIMIT_EXCEEDED,
          Payloads.tooLarge(TaskEvents.service(wait.request.resource())));
      return;
    }
    wait.drop();
    taskEvents.succeeded(branch, wait.request, text);
    completed(branch, result, wait.request.taskToken());
  }

  /** Has a Task, Parallel or Map state go on with its result. */
  void completed(Branch branch, JsonNode result, Optional<String> token) {
    branch.wait = null;
    FallibleState state = (FallibleState) branch.state;
    visit(
        branch,
        new BranchVisit(execution, branch, null, token),
        visit -> state.completed(visit, result));
  }

  void failed(TaskWait wait, String error, String cause) {
    wait.drop();
    wait.branch().wait = null;
    taskEvents.failed(wait.branch(), wait.request, wait.submitted, error, cause);
    failures.handle(wait.branch(), StateFailure.reported(error, cause));
  }

  void timedOut(TaskWait wait, boolean heartbeat) {
    wait.drop();
    wait.branch().wait = null;
    String error = heartbeat ? ports.heartbeatError() : ErrorNames.TIMEOUT;
    taskEvents.timedOut(wait.branch(), wait.request, error);
    execution.after(new CancelTask(wait));
    failures.handle(
        wait.branch(),
        heartbeat ? StateFailure.heartbeat(error) : StateFailure.reported(error, null));
  }

  void fanOut(Branch branch, FanOut fanOut) {
    branches.start(branch, fanOut);
  }

  /** Takes up what a restored branch waits for. */
  void resume(Branch branch) {
    switch (branch.wait) {
      case Wait.Delay delay -> arm(branch, delay);
      case TaskWait wait -> {
        wait.arm();
        execution.after(new StartTask(ports.tasks(), wait, true));
      }
      case FanOut fanOut -> fanOut.unfinished().stream().filter(Branch::open).forEach(this::resume);
      case null -> {}
    }
  }
}
