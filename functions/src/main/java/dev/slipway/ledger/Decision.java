package dev.slipway.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.time.Instant;

/**
 * A person's decision about a task: to do without it, to have undone what it did, or to take it
 * after all; or about a section, to stop it or to let it go on.
 *
 * @param kind what was decided
 * @param by who decided
 * @param reason why
 * @param at when
 * @param secondBy who agreed to a waiver; null until then, and for a skip
 * @param identity of who decided; null if it is not known
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Decision(
    TaskKey key,
    long version,
    Kind kind,
    String by,
    String reason,
    Instant at,
    String secondBy,
    Identity identity) {

  /** How long the second person of a waiver has. */
  private static final Duration TO_AGREE = Duration.ofDays(3);

  /** A decision by a person of whom only the name is known. */
  public Decision(
      TaskKey key, long version, Kind kind, String by, String reason, Instant at, String secondBy) {
    this(key, version, kind, by, reason, at, secondBy, null);
  }

  /** The kind of decision. */
  public enum Kind {
    /** An optional task is not taken. */
    SKIP,
    /** A mandatory task is done without; counts once a second person agreed. */
    WAIVE,
    /** The settings that the task changed are put back to what stood there before. */
    PUT_BACK,
    /** It is performed after all: an earlier decision counts no more. */
    PERFORM,
    /** The section whose {@code resume} it is about is stopped until it is started again. */
    STOP
  }

  /** Whether it says to do without the task. A waiver that nobody agreed to counts as well. */
  public boolean isToDoWithout() {
    return kind == Kind.SKIP || kind == Kind.WAIVE;
  }

  /** Whether it counts: a waiver only once a second person agreed. */
  public boolean counts() {
    return kind != Kind.WAIVE || secondBy != null;
  }

  /** Whether it waits for its second person. */
  public boolean isOpen() {
    return !counts();
  }

  /** By when the second person of a waiver should have decided. */
  public Instant due() {
    return at.plus(TO_AGREE);
  }

  /** The waiver as agreed by a second person, to be written over the version that was read. */
  public Decision agreedBy(String second) {
    return new Decision(key, version, kind, by, reason, at, second, identity);
  }
}
