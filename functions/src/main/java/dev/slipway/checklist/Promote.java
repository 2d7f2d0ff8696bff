package dev.slipway.checklist;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * The rule that the instances of a task wait for their twins ({@link Promotion}): {@code promote:
 * true}, or {@code promote: {from: <step>}}.
 *
 * @param from the step that waits, and with it those after it; null: the whole task
 */
public record Promote(String from) {
  /** {@code true}: the whole task; {@code false} is refused, since leaving it out says the same. */
  @JsonCreator
  static Promote of(boolean whole) {
    if (!whole) {
      throw new IllegalArgumentException("promote: must be true, or {from: <step>}");
    }
    return new Promote(null);
  }

  @JsonCreator
  static Promote of(@JsonProperty("from") String from) {
    return new Promote(from);
  }
}
