package dev.slipway.task;

import java.time.Instant;

/**
 * What a probe found, before it is stamped with time and place as evidence.
 *
 * @param probe what was done to find out
 * @param against what was looked at
 * @param answer what was answered
 * @param at when, of what was found in an earlier attempt; null: now
 */
public record Finding(String probe, String against, String answer, Instant at) {
  /** Found now. */
  public Finding(String probe, String against, String answer) {
    this(probe, against, answer, null);
  }
}
