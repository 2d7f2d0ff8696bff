package dev.slipway.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * The ledger's record of one task, and the protocol by which handler, people and Wake agree on it.
 * The methods are pure: each answers the record as it shall be, and the ledger writes it only if no
 * other call wrote in between ({@code version}).
 *
 * @param key the task
 * @param version counts the writes
 * @param claim the newest attempt; null before the first
 * @param token the token under which the newest outcome was committed; null before the first
 * @param outcome the newest outcome; null before the first
 * @param requestedGeneration counts the requests to look (again)
 * @param handledGeneration the request that the outcome answers
 * @param signal what Wake decided for {@code token}; null while undecided
 * @param signalDue whether Wake has to look
 * @param signalAt when Wake has to look, when {@code signalDue}
 * @param performAgain whether a person asked to perform it even if nothing changed
 * @param verifyGeneration the request to look again whether it holds, without performing it; 0:
 *     none
 * @param fingerprint of the inputs that the outcome rests on
 * @param attempts how often it was performed
 * @param tries how many of the attempts found more than that other tasks have to come first
 * @param firstReachedAt when the first attempt began
 * @param outcomeAt when the outcome was committed
 * @param since since when the task waits for the same party and reason; of a final outcome, when it
 *     became final
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TaskRecord(
    TaskKey key,
    long version,
    Claim claim,
    String token,
    Outcome outcome,
    long requestedGeneration,
    long handledGeneration,
    Signal signal,
    boolean signalDue,
    Instant signalAt,
    boolean performAgain,
    long verifyGeneration,
    String fingerprint,
    int attempts,
    int tries,
    Instant firstReachedAt,
    Instant outcomeAt,
    Instant since) {

  /** A task that nobody has touched yet. */
  public static TaskRecord untouched(TaskKey key) {
    return new TaskRecord(
        key, 0, null, null, null, 0, 0, null, false, null, false, 0, null, 0, 0, null, null, null);
  }

  /** The result of an attempt to claim. */
  public sealed interface ClaimAnswer {
    /** The task is the caller's until the lease ends. */
    record Granted(TaskRecord record) implements ClaimAnswer {}

    /** Another attempt is at work: try again later. */
    record Busy(Instant until) implements ClaimAnswer {}

    /** The attempt is an old one, or a second delivery: nothing to do. */
    record TurnedAway(String why) implements ClaimAnswer {}
  }

  /**
   * Claims the task for an attempt, if it is not an older one than the ledger knows. Wake has
   * nothing to look at until the attempt commits: it answers all that was asked so far.
   */
  public ClaimAnswer claim(Claim attempt, Instant now, Duration lease) {
    if (claim != null) {
      if (attempt.isOlderThan(claim)) {
        return new ClaimAnswer.TurnedAway("a newer attempt has claimed the task");
      }
      if (attempt.token().equals(token) && token.equals(claim.token())) {
        return new ClaimAnswer.TurnedAway("the same attempt has committed");
      }
      if (claim.isLeased(now) && claim.run() == attempt.run()) {
        return new ClaimAnswer.Busy(claim.leaseUntil());
      }
    }
    Claim mine =
        new Claim(
            attempt.id(),
            attempt.run(),
            attempt.entered(),
            attempt.retry(),
            attempt.token(),
            requestedGeneration,
            now.plus(lease),
            attempt.execution());
    Draft next = new Draft(this);
    next.claim = mine;
    next.look(null);
    next.firstReachedAt = firstReachedAt == null ? now : firstReachedAt;
    return new ClaimAnswer.Granted(next.record());
  }

  /** Whether the claim is still the newest one. */
  public boolean isClaimedBy(String claimId) {
    return claim != null && claim.id().equals(claimId);
  }

  /**
   * Commits an outcome under the claim, and asks Wake to look, unless Wake would find nothing to do
   * at it: what waits for a person or a time, and was asked nothing meanwhile.
   *
   * @param performed whether the task was performed, or an earlier result was used again
   */
  public TaskRecord commit(Outcome result, String inputs, boolean performed, Instant now) {
    Draft next = new Draft(this);
    next.claim = claim.released();
    next.token = claim.token();
    next.outcome = result;
    next.handledGeneration = claim.generation();
    next.signal = null;
    next.look(isLeftToOthers(result) ? result.looksAgainAt() : now);
    next.performAgain = performAgain && requestedGeneration > claim.generation();
    next.verifyGeneration =
        result.isFinal() && requestedGeneration == claim.generation() ? 0 : verifyGeneration;
    next.fingerprint = inputs;
    next.attempts = performed ? attempts + 1 : attempts;
    next.tries = performed && result.isTry() ? tries + 1 : tries;
    next.outcomeAt =
        performed || outcome == null || !outcome.state().equals(result.state()) ? now : outcomeAt;
    next.since = outcome != null && result.waitsLike(outcome) ? since : next.outcomeAt;
    return next.record();
  }

  /**
   * Whether a commit leaves Wake nothing to pass on or to answer. A gate's tells it which execution
   * is its section's; what waits for other tasks may have missed their last one.
   */
  private boolean isLeftToOthers(Outcome result) {
    return !result.isFinal()
        && !result.waitsForTasks()
        && requestedGeneration == claim.generation()
        && claim.execution() == null;
  }

  /**
   * Whether it waits for other tasks, and nothing is under way: Wake asks it after the last one.
   */
  boolean isLeftToOtherTasks() {
    return outcome != null
        && outcome.waitsForTasks()
        && requestedGeneration == handledGeneration
        && (claim == null || claim.leaseUntil() == null);
  }

  /**
   * An outcome that people bring about by saying so, of a task that no handler performs: an added
   * row.
   */
  public TaskRecord stated(Outcome result, Instant now) {
    Draft next = new Draft(this);
    next.outcome = result;
    next.handledGeneration = requestedGeneration;
    next.look(now);
    next.performAgain = false;
    next.verifyGeneration = 0;
    next.fingerprint = null;
    next.attempts = attempts + 1;
    next.tries = result.isTry() ? tries + 1 : tries;
    next.firstReachedAt = firstReachedAt == null ? now : firstReachedAt;
    next.outcomeAt = now;
    next.since = now;
    return next.record();
  }

  /**
   * Gives the claim back without an outcome, so that the next attempt need not wait for the lease.
   */
  public TaskRecord release() {
    Draft next = new Draft(this);
    next.claim = claim.released();
    return next.record();
  }

  /**
   * Asks for the task to be looked at again, and Wake to look, unless an attempt is under way: its
   * commit sees the request, and till then there is no token to answer.
   */
  public TaskRecord request(boolean again, Instant now) {
    Draft next = asked(now);
    next.performAgain = performAgain || again;
    next.verifyGeneration = again ? 0 : verifyGeneration;
    return next.record();
  }

  /** Has Wake look, without asking anything of the task itself. */
  public TaskRecord due(Instant now) {
    Draft next = new Draft(this);
    next.look(now);
    return next.record();
  }

  /** Whether an attempt is under way, or the task waits to be looked at again. */
  public boolean isOpen() {
    return (claim != null && claim.leaseUntil() != null) || (outcome != null && !outcome.isFinal());
  }

  /**
   * Asks to look whether the task, which is done, still holds. Nothing is performed for it: a task
   * that does not hold is reported, and performed again only when a person asks for that.
   */
  public TaskRecord requestVerification(Instant now) {
    Draft next = asked(now);
    next.verifyGeneration = performAgain ? 0 : requestedGeneration + 1;
    return next.record();
  }

  private Draft asked(Instant now) {
    Draft next = new Draft(this);
    next.requestedGeneration = requestedGeneration + 1;
    if (claim == null || hasCommitted()) {
      next.look(now);
    }
    return next;
  }

  /** Whether it was asked to look again whether it holds, without performing it. */
  public boolean verifyAgain() {
    return verifyGeneration > 0;
  }

  /** Whether a look is all that was asked for, with these inputs. */
  public boolean isToBeVerifiedOnly(String inputs) {
    return verifyAgain() && !performAgain && inputs.equals(fingerprint);
  }

  /** Whether the run has gone past this task, so that only a new run can look at it again. */
  public boolean isLeftBehind(int currentRun) {
    return isAwaited(currentRun) && isDecided() && signal.kind() == Signal.Kind.SUCCESS;
  }

  /** The answer that Wake shall give the committed token; empty while there is none. */
  public Optional<Signal.Kind> decide(int currentRun) {
    if (!isAwaited(currentRun)) {
      return Optional.empty();
    }
    if (isDecided()) {
      return Optional.of(signal.kind());
    }
    if (requestedGeneration > handledGeneration) {
      return Optional.of(Signal.Kind.RECHECK);
    }
    return outcome.isFinal() ? Optional.of(Signal.Kind.SUCCESS) : Optional.empty();
  }

  /** Whether Wake has decided for the committed token. */
  public boolean isDecided() {
    return signal != null && signal.token().equals(token);
  }

  /**
   * Records what Wake decided for the committed token.
   *
   * @param again when Wake has to look, if who decided has not sent it and cleared this by then
   */
  public TaskRecord decided(Signal.Kind kind, Instant again) {
    Draft next = new Draft(this);
    next.signal = new Signal(token, kind);
    next.look(again);
    return next.record();
  }

  /** Whether token and requests are still those that another view of the record saw. */
  public boolean isAsSeen(TaskRecord seen) {
    return requestedGeneration == seen.requestedGeneration
        && (token == null ? seen.token == null : token.equals(seen.token));
  }

  /** Wake need not look any more, or only when a waiting task's own time comes. */
  public TaskRecord settled() {
    Draft next = new Draft(this);
    next.look(looksAgainAt());
    return next.record();
  }

  /** Whether {@link #settled} would say nothing new: to write it would only wake Wake again. */
  public boolean isSettled() {
    Instant next = looksAgainAt();
    return signalDue == (next != null) && Objects.equals(signalAt, next);
  }

  private Instant looksAgainAt() {
    return outcome == null ? null : outcome.looksAgainAt();
  }

  /** Whether the newest claim has committed, and the current run waits on its token. */
  private boolean isAwaited(int currentRun) {
    return hasCommitted() && claim.run() == currentRun;
  }

  /** Whether the newest claim has committed. */
  private boolean hasCommitted() {
    return token != null && token.equals(claim.token());
  }

  /** The outcome's state, or {@code PENDING} before the first. */
  public String state() {
    return outcome == null ? "PENDING" : outcome.state();
  }

  /** Whether the task has a final outcome and nobody asked to look again. */
  public boolean isSettledFinally() {
    return outcome != null && outcome.isFinal() && requestedGeneration == handledGeneration;
  }

  /** The task's final outcome; null while it is open, or is to be looked at again. */
  Outcome finalOutcome() {
    return isSettledFinally() ? outcome : null;
  }

  /** The next version, which is like the one before but for what is set. */
  private static final class Draft {
    private final TaskRecord before;
    private Claim claim;
    private String token;
    private Outcome outcome;
    private long requestedGeneration;
    private long handledGeneration;
    private Signal signal;
    private boolean signalDue;
    private Instant signalAt;
    private boolean performAgain;
    private long verifyGeneration;
    private String fingerprint;
    private int attempts;
    private int tries;
    private Instant firstReachedAt;
    private Instant outcomeAt;
    private Instant since;

    Draft(TaskRecord before) {
      this.before = before;
      this.claim = before.claim;
      this.token = before.token;
      this.outcome = before.outcome;
      this.requestedGeneration = before.requestedGeneration;
      this.handledGeneration = before.handledGeneration;
      this.signal = before.signal;
      this.signalDue = before.signalDue;
      this.signalAt = before.signalAt;
      this.performAgain = before.performAgain;
      this.verifyGeneration = before.verifyGeneration;
      this.fingerprint = before.fingerprint;
      this.attempts = before.attempts;
      this.tries = before.tries;
      this.firstReachedAt = before.firstReachedAt;
      this.outcomeAt = before.outcomeAt;
      this.since = before.since;
    }

    /** When Wake has to look; null: not at all. */
    void look(Instant at) {
      signalDue = at != null;
      signalAt = at;
    }

    TaskRecord record() {
      return new TaskRecord(
          before.key,
          before.version + 1,
          claim,
          token,
          outcome,
          requestedGeneration,
          handledGeneration,
          signal,
          signalDue,
          signalAt,
          performAgain,
          verifyGeneration,
          fingerprint,
          attempts,
          tries,
          firstReachedAt,
          outcomeAt,
          since);
    }
  }
}
