package dev.slipway.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.time.Instant;

/**
 * When an onboarding that was signed off is looked at again; {@code SK = LOOKS}. A look is a run
 * after the last one, in which every function verifies and performs nothing.
 *
 * @param version counts the writes
 * @param everyDays from the beginning of one look to that of the next; 0: it is not looked at
 * @param setBy who chose that
 * @param setAt when
 * @param state of the last look
 * @param number of the last look, from 1; 0 before the first
 * @param run of the last look; 0 before the first
 * @param beganAt when the last look began; null before the first
 * @param executionArn of the last look; null before it was started
 * @param nextAt when the next one begins; null: none does
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record LookSchedule(
    long version,
    int everyDays,
    String setBy,
    Instant setAt,
    State state,
    int number,
    int run,
    Instant beganAt,
    String executionArn,
    Instant nextAt) {
  /** A look that takes longer has lost its way: what it found by then is told. */
  public static final Duration LONGEST = Duration.ofDays(1);

  /** The most days between two looks. */
  public static final int MOST_DAYS = 366;

  /** The state of the last look. */
  public enum State {
    /** None is under way. */
    RESTS,
    /** One is to be started. */
    STARTING,
    /** One is under way. */
    RUNNING,
    /** It is to be stopped, for the data is to be erased. */
    HALTING
  }

  /** Whether this look is under way. */
  public boolean isOf(int look) {
    return run == look && (state == State.STARTING || state == State.RUNNING);
  }

  /** Whether a look is under way, or is to be stopped. */
  public boolean isUnderWay() {
    return state != State.RESTS;
  }

  /** When Wake has to see to it; null: not at all. */
  public Instant signalAt() {
    return switch (state) {
      case RESTS -> nextAt;
      case STARTING, HALTING -> beganAt;
      case RUNNING -> beganAt.plus(LONGEST);
    };
  }

  /**
   * Another choice of days; it counts from the last look, or from now before the first.
   *
   * @param before null: nobody has chosen yet
   */
  public static LookSchedule chosen(
      LookSchedule before, int everyDays, String by, Onboarding of, Instant now) {
    Instant from = before == null || before.beganAt == null ? now : before.beganAt;
    Instant next = from.plus(Duration.ofDays(everyDays));
    return new LookSchedule(
        before == null ? 0 : before.version,
        everyDays,
        by,
        now,
        before == null ? State.RESTS : before.state,
        before == null ? 0 : before.number,
        before == null ? 0 : before.run,
        before == null ? null : before.beganAt,
        before == null ? null : before.executionArn,
        everyDays == 0 ? null : inTime(next.isBefore(now) ? now : next, of));
  }

  /** The next look begins. */
  public LookSchedule begun(Onboarding of, Instant now) {
    return new LookSchedule(
        version,
        everyDays,
        setBy,
        setAt,
        State.STARTING,
        number + 1,
        Math.max(run, of.run()) + 1,
        now,
        null,
        inTime(now.plus(Duration.ofDays(everyDays)), of));
  }

  /** Its execution was started. */
  public LookSchedule running(String arn) {
    return with(State.RUNNING, arn);
  }

  /** The look has come to its end. */
  public LookSchedule rests() {
    return with(State.RESTS, executionArn);
  }

  /** No look begins any more, and one that is under way is to be stopped. */
  public LookSchedule halting() {
    return new LookSchedule(
        version,
        0,
        setBy,
        setAt,
        isUnderWay() ? State.HALTING : State.RESTS,
        number,
        run,
        beganAt,
        executionArn,
        null);
  }

  /** Whether a look that begins now ends before the data is erased. */
  public boolean hasTimeBeforeErasure(Onboarding of, Instant now) {
    return of.isToBeErased() && inTime(now, of) != null;
  }

  /** The last look before the erasure has a day to come to its end. */
  private static Instant inTime(Instant next, Onboarding of) {
    boolean late = of.eraseAt() != null && next.plus(LONGEST).isAfter(of.eraseAt());
    return late ? null : next;
  }

  private LookSchedule with(State other, String arn) {
    return new LookSchedule(
        version, everyDays, setBy, setAt, other, number, run, beganAt, arn, nextAt);
  }
}
