package dev.slipway.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;

/**
 * A person's decision to do without a task.
 *
 * @param kind skip (an optional task) or waive (a mandatory one)
 * @param by who decided
 * @param reason why
 * @param at when
 * @param secondBy who agreed to a waiver; null until then, and for a skip
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Decision(
    TaskKey key, long version, Kind kind, String by, String reason, Instant at, String secondBy) {

  /** What was decided. */
  public enum Kind {
    /** An optional task is not taken. */
    SKIP,
    /** A mandatory task is done without; counts once a second person agreed. */
    WAIVE
  }

  /** The waiver as agreed by a second person, to be written over the version that was read. */
  public Decision agreedBy(String second) {
    return new Decision(key, version, kind, by, reason, at, second);
  }
}
