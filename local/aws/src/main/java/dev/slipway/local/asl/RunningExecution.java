package dev.slipway.local.asl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.local.asl.definition.ErrorNames;
import dev.slipway.local.asl.definition.StateMachine;
import dev.slipway.local.asl.history.HistoryEventType;
import dev.slipway.local.asl.time.Timers;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;

/** An execution: its end, and the order in which things happen to it. */
final class RunningExecution implements Execution {
  private final Ports ports;
  private final StateMachine stateMachine;
  private final ExecutionInfo info;
  private final JsonNode input;
  private final Mailbox mailbox;
  private final History history;
  private final Scheduler scheduler;
  private final Branch root;
  private volatile Ending ending = Ending.NONE;
  private volatile CompletableFuture<Execution> ended = new CompletableFuture<>();
  private int redriveCount;
  private Instant redriveTime;
  private Instant deadline;
  private long tasks;

  /** Whether an event waits that ends the execution: no visit is made until it has come. */
  private volatile boolean interrupted;

  private Timers.Timer deadlineTimer = () -> {};

  RunningExecution(Ports ports, StateMachine stateMachine, JsonNode input, ExecutionInfo info) {
    this(ports, stateMachine, input, info, 0);
  }

  /** As it was after so many events. */
  RunningExecution(
      Ports ports, StateMachine stateMachine, JsonNode input, ExecutionInfo info, long lastEvent) {
    this.ports = ports;
    this.stateMachine = stateMachine;
    this.info = info;
    this.input = input;
    this.mailbox = new Mailbox(() -> ports.journal().record(this));
    this.history = new History(ports, info.arn(), lastEvent);
    this.scheduler = new Scheduler(this, ports, history);
    this.root = new Branch(null, 0, stateMachine.states(), null);
  }

  Ports ports() {
    return ports;
  }

  Scheduler scheduler() {
    return scheduler;
  }

  Branch root() {
    return root;
  }

  Instant now() {
    return ports.clock().instant();
  }

  Optional<Instant> redriveTime() {
    return Optional.ofNullable(redriveTime);
  }

  Instant deadline() {
    return deadline;
  }

  long tasks() {
    return tasks;
  }

  Ending ending() {
    return ending;
  }

  /**
   * @param begun runs before the first step
   */
  void begin(Runnable begun) {
    tell(
        () -> {
          ObjectNode details = History.putData(History.details(), "input", input);
          root.lastEvent =
              history.append(
                  0, HistoryEventType.EXECUTION_STARTED, details.put("roleArn", info.roleArn()));
          startDeadline();
          begun.run();
          scheduler.begin(root, input);
        });
  }

  private void startDeadline() {
    stateMachine
        .timeoutSeconds()
        .ifPresent(
            seconds -> {
              deadline = now().plusSeconds(seconds);
              armDeadline();
            });
  }

  private void armDeadline() {
    deadlineTimer =
        ports
            .timers()
            .schedule(
                deadline,
                () -> {
                  interrupted = true;
                  tell(this::timeOut);
                });
  }

  /** Takes over what a snapshot says of the execution as a whole. */
  void restore(Ending restored, int redrives, Instant redrivenAt, Instant dueAt, long tasksMade) {
    ending = restored;
    redriveCount = redrives;
    redriveTime = redrivenAt;
    deadline = dueAt;
    tasks = tasksMade;
    if (restored.status() != ExecutionStatus.RUNNING) {
      ended.complete(this);
    }
  }

  /** Takes up all waits after a restore. */
  void resume() {
    if (status() == ExecutionStatus.RUNNING) {
      mailbox.post(
          () -> {
            if (deadline != null) {
              armDeadline();
            }
            scheduler.resume(root);
          });
    }
  }

  /** An id for the next attempt of a task, never given before. */
  String nextTaskId() {
    return info.arn() + "/" + tasks++;
  }

  /** Handles an event after those that came before it, with all that follows from it. */
  void tell(Runnable event) {
    mailbox.post(() -> move(event));
  }

  /** As {@link #tell}, with an answer that is given once the journal has recorded it. */
  CompletionStage<Boolean> post(BooleanSupplier event) {
    CompletableFuture<Boolean> answer = new CompletableFuture<>();
    tell(
        () -> {
          boolean result = event.getAsBoolean();
          after(() -> answer.complete(result));
        });
    return answer;
  }

  private void move(Runnable event) {
    try {
      event.run();
      scheduler.run();
    } catch (History.Full e) {
      fail(
          root.lastEvent,
          ErrorNames.RUNTIME,
          "The execution reached the maximum number of history events (%d)."
              .formatted(ports.limits().historyEvents()));
    } catch (RuntimeException e) {
      // A fault of the interpreter or of a listener ends the execution rather than leave it
      // hanging.
      fail(root.lastEvent, ErrorNames.RUNTIME, "The interpreter failed: " + e);
    }
  }

  /** Runs an effect once the journal has recorded the execution's state. */
  void after(Runnable effect) {
    mailbox.after(effect);
  }

  Timers.Timer schedule(Instant at, Runnable action) {
    return ports.timers().schedule(at, () -> tell(action));
  }

  void succeed(JsonNode output) {
    ObjectNode details = History.putData(History.details(), "output", output);
    end(
        new Ending(ExecutionStatus.SUCCEEDED, output, null, null, now()),
        HistoryEventType.EXECUTION_SUCCEEDED,
        root.lastEvent,
        details);
  }

  void fail(long previousEvent, String error, String cause) {
    end(
        new Ending(ExecutionStatus.FAILED, null, error, cause, now()),
        HistoryEventType.EXECUTION_FAILED,
        previousEvent,
        History.putError(History.details(), error, cause));
  }

  /** Whether visits have to wait, as the execution is about to end. */
  boolean interrupted() {
    return interrupted;
  }

  private void timeOut() {
    interrupted = false;
    if (status() == ExecutionStatus.RUNNING) {
      end(
          new Ending(ExecutionStatus.TIMED_OUT, null, null, null, now()),
          HistoryEventType.EXECUTION_TIMED_OUT,
          root.lastEvent,
          History.putError(History.details(), ErrorNames.TIMEOUT, null));
    }
  }

  private void end(Ending how, HistoryEventType type, long previousEvent, ObjectNode details) {
    deadlineTimer.cancel();
    scheduler.halt();
    if (root.wait != null && how.status() != ExecutionStatus.SUCCEEDED) {
      scheduler.branches().drop(root);
    }
    root.lastEvent = history.append(previousEvent, type, details);
    ending = how;
    CompletableFuture<Execution> toComplete = ended;
    after(() -> toComplete.complete(this));
  }

  @Override
  public CompletionStage<Boolean> stop(String error, String cause) {
    interrupted = true;
    return post(
        () -> {
          interrupted = false;
          if (status() != ExecutionStatus.RUNNING) {
            return false;
          }
          end(
              new Ending(ExecutionStatus.ABORTED, null, error, cause, now()),
              HistoryEventType.EXECUTION_ABORTED,
              root.lastEvent,
              History.putError(History.details(), error, cause));
          return true;
        });
  }

  @Override
  public CompletionStage<Boolean> redrive() {
    return post(
        () -> {
          if (status() == ExecutionStatus.RUNNING || status() == ExecutionStatus.SUCCEEDED) {
            return false;
          }
          ending = Ending.NONE;
          ended = new CompletableFuture<>();
          redriveCount++;
          redriveTime = now();
          root.lastEvent =
              history.append(
                  root.lastEvent,
                  HistoryEventType.EXECUTION_REDRIVEN,
                  History.details().put("redriveCount", redriveCount));
          startDeadline();
          scheduler.branches().redrive(root);
          return true;
        });
  }

  @Override
  public ExecutionInfo info() {
    return info;
  }

  @Override
  public StateMachine stateMachine() {
    return stateMachine;
  }

  @Override
  public JsonNode input() {
    return input;
  }

  @Override
  public ExecutionStatus status() {
    return ending.status();
  }

  @Override
  public Optional<JsonNode> output() {
    return Optional.ofNullable(ending.output());
  }

  @Override
  public Optional<String> error() {
    return Optional.ofNullable(ending.error());
  }

  @Override
  public Optional<String> cause() {
    return Optional.ofNullable(ending.cause());
  }

  @Override
  public Optional<Instant> stopTime() {
    return Optional.ofNullable(ending.at());
  }

  @Override
  public int redriveCount() {
    return redriveCount;
  }

  @Override
  public long lastEventId() {
    return history.lastId();
  }

  @Override
  public CompletionStage<Execution> ended() {
    return ended;
  }

  @Override
  public JsonNode snapshot() {
    return SnapshotWriter.write(this);
  }
}
