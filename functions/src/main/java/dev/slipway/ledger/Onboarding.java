package dev.slipway.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
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
 * @param replacedUntil how far replacements of runs have used up time, of which each takes a
 *     minute; null before the first
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
    Instant replacedUntil,
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

  /** So many runs may take over from each other at once, then one in each {@link #PER_RUN}. */
  private static final int RUNS_AT_ONCE = 8;

  /** Each run comes past every task again, which is much work where there are hundreds. */
  private static final Duration PER_RUN = Duration.ofMinutes(1);

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

  /**
   * When Wake, which has a run to start or stop, has to look: now, or later if runs have just been
   * replaced in quick succession. The current run goes on until then.
   */
  public Instant signalAt(Instant now) {
    boolean isToBeReplaced = state == State.RUNNING || state == State.COMPLETED;
    if (!isToBeReplaced || replacedUntil == null) {
      return now;
    }
    Instant next = replacedUntil.minus(PER_RUN.multipliedBy(RUNS_AT_ONCE - 1));
    return next.isAfter(now) ? next : now;
  }

  /** Asks for the run that takes over from the current one. */
  public Onboarding replaced(Instant now) {
    Draft next = nextRun(null, now);
    boolean isLongAgo = replacedUntil == null || replacedUntil.isBefore(now);
    next.replacedUntil = (isLongAgo ? now : replacedUntil).plus(PER_RUN);
    return next.onboarding();
  }

  /** Asks for the next run. */
  public Onboarding starting(String plan, Instant now) {
    return nextRun(plan, now).onboarding();
  }

  /** An execution that was started by hand is the next run, and under way. */
  public Onboarding startedAs(String arn, Instant now) {
    Draft next = nextRun(null, now);
    next.state = State.RUNNING;
    next.executionArn = arn;
    return next.onboarding();
  }

  private Draft nextRun(String plan, Instant now) {
    Draft next = Draft.nextVersion(this);
    next.state = State.STARTING;
    next.run = run + 1;
    next.stale = false;
    next.executionArn = null;
    next.planHash = plan == null ? planHash : plan;
    next.startedAt = startedAt == null ? now : startedAt;
    next.endedAt = null;
    return next;
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
    Draft same = new Draft(this);
    same.eraseAt = time;
    return same.onboarding();
  }

  /** The same, with a row that people added. */
  Onboarding withRow() {
    Draft same = new Draft(this);
    same.rowsAdded = true;
    return same.onboarding();
  }

  /** Has lost secrets and personal data. */
  public Onboarding erased(String creator, Instant now) {
    Draft next = Draft.nextVersion(this);
    next.createdBy = creator;
    next.erasedAt = now;
    return next.onboarding();
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

  private Onboarding with(State other, boolean isStale, String arn, Instant end) {
    Draft next = Draft.nextVersion(this);
    next.state = other;
    next.stale = isStale;
    next.executionArn = arn;
    next.endedAt = end;
    return next.onboarding();
  }

  /** An onboarding that is like another but for what is set. */
  private static final class Draft {
    private final Onboarding before;
    private long version;
    private State state;
    private int run;
    private boolean stale;
    private Instant replacedUntil;
    private String executionArn;
    private String planHash;
    private String createdBy;
    private Instant startedAt;
    private Instant endedAt;
    private Instant eraseAt;
    private Instant erasedAt;
    private boolean rowsAdded;

    Draft(Onboarding before) {
      this.before = before;
      this.version = before.version;
      this.state = before.state;
      this.run = before.run;
      this.stale = before.stale;
      this.replacedUntil = before.replacedUntil;
      this.executionArn = before.executionArn;
      this.planHash = before.planHash;
      this.createdBy = before.createdBy;
      this.startedAt = before.startedAt;
      this.endedAt = before.endedAt;
      this.eraseAt = before.eraseAt;
      this.erasedAt = before.erasedAt;
      this.rowsAdded = before.rowsAdded;
    }

    static Draft nextVersion(Onboarding before) {
      Draft next = new Draft(before);
      next.version++;
      return next;
    }

    Onboarding onboarding() {
      return new Onboarding(
          before.id,
          version,
          before.name,
          before.checklist,
          before.checklistVersion,
          state,
          run,
          stale,
          replacedUntil,
          executionArn,
          planHash,
          before.createdAt,
          createdBy,
          startedAt,
          endedAt,
          eraseAt,
          erasedAt,
          rowsAdded);
    }
  }
}
