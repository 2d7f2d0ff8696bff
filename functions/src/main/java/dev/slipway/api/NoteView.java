package dev.slipway.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.slipway.ledger.PersonNote;
import java.time.Instant;

/**
 * A note as it is told to callers.
 *
 * @param step null: it is about the task as a whole
 * @param blocked whether the writer could not go on
 * @param settled how that was settled; null: it is not
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record NoteView(
    String id,
    String task,
    String step,
    String by,
    String role,
    Instant at,
    String text,
    boolean blocked,
    PersonNote.Settled settled) {
  /** The longest text of a note, in characters. */
  static final int LONGEST_TEXT = 2000;

  static NoteView of(PersonNote note) {
    return new NoteView(
        note.id(),
        note.key().toString(),
        note.step(),
        note.by(),
        note.role(),
        note.at(),
        note.text(),
        note.blocking() != null,
        note.settled());
  }
}
