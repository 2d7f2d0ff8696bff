package dev.slipway.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;

/**
 * A note that a person wrote about a task: a question, an answer to one, or what holds them up.
 *
 * @param id a ULID: sorts by time
 * @param version counts the writes
 * @param key the task
 * @param step of the task; null: the task as a whole
 * @param by who wrote it
 * @param role as what
 * @param at when
 * @param text as it was written; plain text
 * @param blocking the sort key of the {@link Blocked} item that came with it; null: nobody is held
 *     up
 * @param settled how that was settled; null: it is not, or there is nothing to settle
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PersonNote(
    String id,
    long version,
    TaskKey key,
    String step,
    String by,
    String role,
    Instant at,
    String text,
    String blocking,
    Settled settled) {

  /** How what held a person up was settled. */
  public record Settled(String by, Instant at, String text) {}

  /** Whether somebody is held up by what it says. */
  public boolean isOpen() {
    return blocking != null && settled == null;
  }

  /** The same, settled. */
  PersonNote with(Settled end) {
    return new PersonNote(id, version, key, step, by, role, at, text, blocking, end);
  }
}
