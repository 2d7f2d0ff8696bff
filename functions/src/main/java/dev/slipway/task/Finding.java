package dev.slipway.task;

import dev.slipway.ledger.Answer;
import java.time.Instant;

/**
 * The finding of one probe, before it becomes evidence with time and place.
 *
 * <pre>{@code
 * new Finding("tcp connection", "files.example.com:2049", "reachable, which proves no more")
 * }</pre>
 *
 * @param probe the probe, such as an API's method
 * @param against the system or address that the probe looked at
 * @param answer the system's answer; secrets in it are masked later
 * @param at the time of the probe, if it is of an earlier attempt; null for now
 * @param by the person on whose word alone the finding rests; null if a machine looked
 */
public record Finding(String probe, String against, String answer, Instant at, String by) {
  /** A machine's finding of now. */
  public Finding(String probe, String against, String answer) {
    this(probe, against, answer, null);
  }

  /** A machine's finding of an earlier time; null for now. */
  public Finding(String probe, String against, String answer, Instant at) {
    this(probe, against, answer, at, null);
  }

  /** The same finding, which no machine made: it rests on a person's statement alone. */
  public Finding saidIn(Answer statement) {
    return new Finding(probe, against, answer, statement.at(), statement.by());
  }
}
