package dev.slipway.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/**
 * A value that a task remembers across attempts. The first value stays.
 *
 * @param kind what sort of thing
 * @param name unique within task and kind
 * @param value what is remembered, without secrets
 */
public record Note(TaskKey key, Kind kind, String name, JsonNode value, Instant at) {
  /** The sorts of things a task remembers. */
  public enum Kind {
    /** About to do what cannot be looked up afterwards: a test mail, an alert, a charge. */
    INTENT,
    /** A setting's value before it was changed, so that it can be put back. */
    PREVIOUS,
    /** An object made at a third party, by its natural key. */
    RESOURCE
  }
}
