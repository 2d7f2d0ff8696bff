package dev.slipway.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;

/**
 * What the looks after go-live found of one row, apart from the task, which stays as it was signed;
 * {@code SK = LOOKED#<task>[@<instance>]}. Of a section's gate and {@code resume} it is the answer
 * to the state alone.
 *
 * @param key the task, or the element's row
 * @param version counts the writes
 * @param run the look that this is of
 * @param sight what it found; null of what is no row
 * @param known what an earlier look found, unless that one could not look; null before the first
 * @param unseen how many looks in a row before this one could not look
 * @param tries how often this look could not look
 * @param isOver whether this look has done with it
 * @param entered when the waiting state was entered; null where none waits
 * @param retry how often that state was retried
 * @param token by which the state waits
 * @param signalAt when Wake has to answer the token; null once it has
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record LookedAt(
    TaskKey key,
    long version,
    int run,
    Sight sight,
    Sight known,
    int unseen,
    int tries,
    boolean isOver,
    Instant entered,
    int retry,
    String token,
    Instant signalAt) {

  /** Before the first look. */
  public static LookedAt untouched(TaskKey key) {
    return new LookedAt(key, 0, 0, null, null, 0, 0, false, null, 0, null, null);
  }

  /** The waiting state that an attempt answers. */
  public record State(Instant entered, int retry, String token) {}

  /** Whether this look has done with the row. */
  public boolean isDone(int look) {
    return run == look && isOver;
  }

  /** Whether the state was entered or retried again since, or was answered already. */
  public boolean isAheadOf(int look, State state) {
    if (run != look || entered == null) {
      return run > look;
    }
    int later = entered.compareTo(state.entered());
    return later > 0 || (later == 0 && retry >= state.retry());
  }

  /** A look has done with it. */
  public LookedAt seen(int look, Sight found) {
    return next(look, found, true, triesIn(look), null, null);
  }

  /** The same, and the state may go on. */
  public LookedAt seen(int look, Sight found, State state, Instant now) {
    return next(look, found, true, triesIn(look), state, now);
  }

  /**
   * The look is not done with it.
   *
   * @param at when the state has to call again; null where another one's state sees to that
   */
  public LookedAt again(int look, Sight found, State state, Instant at) {
    return next(look, found, false, triesIn(look) + 1, state, at);
  }

  /** How often a look has tried so far. */
  public int triesIn(int look) {
    return run == look ? tries : 0;
  }

  /** Wake has answered. */
  public LookedAt answered() {
    return new LookedAt(
        key, version, run, sight, known, unseen, tries, isOver, entered, retry, token, null);
  }

  private int unseenBefore(int look) {
    if (run == look) {
      return unseen;
    }
    return sight != null && sight.kind() == Sight.Kind.NOT_SEEN ? unseen + 1 : 0;
  }

  private LookedAt next(
      int look, Sight found, boolean over, int tried, State state, Instant signal) {
    Sight before = run == look || sight == null || !sight.isDefinite() ? known : sight;
    return new LookedAt(
        key,
        version,
        look,
        found,
        before,
        unseenBefore(look),
        tried,
        over,
        state == null ? null : state.entered(),
        state == null ? 0 : state.retry(),
        state == null ? null : state.token(),
        signal);
  }
}
