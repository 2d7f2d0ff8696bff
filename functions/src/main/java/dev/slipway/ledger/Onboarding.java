package dev.slipway.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;

/**
 * One customer going through one version of one checklist.
 *
 * @param id names it everywhere: in the ledger, in secrets, in executions
 * @param version counts the writes, and the changes of tasks' final outcomes
 * @param name what people call it
 * @param checklist the checklist's name
 * @param checklistVersion the version it began with and stays on
 * @param state where it stands
 * @param run the current run's number; every other run is fenced off. 0 before the first
 * @param stale whether a look was asked of a task that the current run has left behind
 * @param executionArn the current run's execution; null before it started
 * @param planHash the hash of the plan that was last started
 * @param createdAt when it was created
 * @param createdBy by whom
 * @param startedAt when the first run was started; null before
 * @param endedAt when it ended; null while it has not
 * @param eraseAt when it loses secrets and personal data; null while its end is not decided
 * @param erasedAt when it lost them; null before
 * @param rowsAdded whether people added rows to its checklist
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Onboarding(
    String id,
    long version,
    String name,
    String checklist,
    String checklistVersion,
    State state,
    int run,
    boolean stale,
    String executionArn,
    String planHash,
    Instant createdAt,
    String createdBy,
    Instant startedAt,
    Instant endedAt,
    Instant eraseAt,
    Instant erasedAt,
    boolean rowsAdded) {

  /** The error that an execution ends with which people, or a newer run, ended. */
  public static final String STOPPED_ERROR = "Slipway.Stopped";

  /** The state of an onboarding. */
  public enum State {
    /** Elements are collected; nothing runs. */
    INTAKE,
    /** A run was asked for; Wake starts it. */
    STARTING,
    /** A run is under way. */
    RUNNING,
    /** A stop was asked for; Wake stops the run. */
    STOPPING,
    /** Stopped by a person; a new run goes on from the ledger. */
    STOPPED,
    /** The run went past every task. */
    COMPLETED,
    /** The end was asked for; Wake stops the run. */
    CANCELLING,
    /** Ended before its time. */
    CANCELLED,
    /** Signed off: the report is frozen, and nothing changes any more. */
    SIGNED_OFF;

    /** Whether the onboarding has ended for good, or is about to. */
    public boolean hasEnded() {
      return switch (this) {
        case CANCELLING, CANCELLED, SIGNED_OFF -> true;
        case INTAKE, STARTING, RUNNING, STOPPING, STOPPED, COMPLETED -> false;
      };
    }
  }

  /** The name of the current run's execution. */
  public String executionName() {
    return executionName(run);
  }

  /** The name of a run's execution. */
  public String executionName(int ofRun) {
    return id + "-" + ofRun;
  }

  /** Whether Wake has a run to start or stop. */
  public boolean isSignalDue() {
    return switch (state) {
      case STARTING, STOPPING, CANCELLING -> true;
      case RUNNING, COMPLETED, SIGNED_OFF -> stale;
      case INTAKE, STOPPED, CANCELLED -> false;
    };
  }

  /** Asks for the next run. */
  public Onboarding starting(String plan, Instant now) {
    return new Onboarding(
        id,
        version + 1,
        name,
        checklist,
        checklistVersion,
        State.STARTING,
        run + 1,
        false,
        null,
        plan == null ? planHash : plan,
        createdAt,
        createdBy,
        startedAt == null ? now : startedAt,
        null,
        eraseAt,
        erasedAt,
        rowsAdded);
  }

  /** An execution that was started by hand is the next run, and under way. */
  public Onboarding startedAs(String arn, Instant now) {
    Onboarding next = starting(null, now);
    return new Onboarding(
        id,
        next.version,
        name,
        checklist,
        checklistVersion,
        State.RUNNING,
        next.run,
        false,
        arn,
        planHash,
        createdAt,
        createdBy,
        next.startedAt,
        null,
        eraseAt,
        erasedAt,
        rowsAdded);
  }

  /** The current run's execution is under way. */
  public Onboarding running(String arn) {
    return with(State.RUNNING, stale, arn, null);
  }

  /** The current run has to be replaced. */
  public Onboarding outrun() {
    return with(state, true, executionArn, endedAt);
  }

  /** Moves to another state. */
  public Onboarding to(State next, Instant now) {
    boolean ended = next == State.COMPLETED || next == State.CANCELLED;
    return with(next, stale, executionArn, ended ? now : null);
  }

  /** The same, with the time stated at which it loses secrets and personal data. */
  public Onboarding erasingAt(Instant time) {
    return new Onboarding(
        id,
        version,
        name,
        checklist,
        checklistVersion,
        state,
        run,
        stale,
        executionArn,
        planHash,
        createdAt,
        createdBy,
        startedAt,
        endedAt,
        time,
        erasedAt,
        rowsAdded);
  }

  /** The same, with a row that people added. */
  Onboarding withRow() {
    return new Onboarding(
        id,
        version,
        name,
        checklist,
        checklistVersion,
        state,
        run,
        stale,
        executionArn,
        planHash,
        createdAt,
        createdBy,
        startedAt,
        endedAt,
        eraseAt,
        erasedAt,
        true);
  }

  /** Has lost secrets and personal data. */
  public Onboarding erased(String creator, Instant now) {
    return new Onboarding(
        id,
        version + 1,
        name,
        checklist,
        checklistVersion,
        state,
        run,
        stale,
        executionArn,
        planHash,
        createdAt,
        creator,
        startedAt,
        endedAt,
        eraseAt,
        now,
        rowsAdded);
  }

  /** Whether it has ended for good, or is about to. */
  public boolean hasEnded() {
    return state.hasEnded();
  }

  /** Whether it has ended for good, and is to lose secrets and personal data. */
  public boolean isToBeErased() {
    return erasedAt == null && (state == State.CANCELLED || state == State.SIGNED_OFF);
  }

  /** Whether a run is started, runs, or has gone past every task. */
  public boolean isUnderWay() {
    return switch (state) {
      case STARTING, RUNNING, COMPLETED -> true;
      case INTAKE, STOPPING, STOPPED, CANCELLING, CANCELLED, SIGNED_OFF -> false;
    };
  }

  /** Whether people may start a run. */
  public boolean isToBeStarted() {
    return state == State.INTAKE || state == State.STOPPED;
  }

  /** Freezes it. A run that still waits for optional tasks is marked for Wake to stop. */
  public Onboarding signedOff(Instant now) {
    return with(
        State.SIGNED_OFF, state == State.RUNNING, executionArn, endedAt == null ? now : endedAt);
  }

  /** The run of an onboarding that has ended is stopped: nothing is left to do. */
  public Onboarding settled() {
    return with(state, false, executionArn, endedAt);
  }

  private Onboarding with(State next, boolean isStale, String arn, Instant end) {
    return new Onboarding(
        id,
        version + 1,
        name,
        checklist,
        checklistVersion,
        next,
        run,
        isStale,
        arn,
        planHash,
        createdAt,
        createdBy,
        startedAt,
        end,
        eraseAt,
        erasedAt,
        rowsAdded);
  }
}
