package dev.slipway.task;

import dev.slipway.ledger.Answer;
import java.time.Instant;

/**
 * What a probe found, before it is stamped with time and place as evidence.
 *
 * @param probe what was done to find out
 * @param against what was looked at
 * @param answer what was answered
 * @param at when, of what was found in an earlier attempt; null: now
 * @param by the person on whose word alone it rests; null: a machine looked
 */
public record Finding(String probe, String against, String answer, Instant at, String by) {
  /** Found by a machine now. */
  public Finding(String probe, String against, String answer) {
    this(probe, against, answer, null);
  }

  /** Found by a machine at a time. */
  public Finding(String probe, String against, String answer, Instant at) {
    this(probe, against, answer, at, null);
  }

  /** The same, known from a person's statement only: no machine looked at the matter itself. */
  public Finding saidIn(Answer statement) {
    return new Finding(probe, against, answer, statement.at(), statement.by());
  }
}
