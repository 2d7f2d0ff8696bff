package dev.slipway.local.asl.definition;

import java.util.Optional;

/**
 * A transition from one state to the next.
 *
 * @param next the next state's name; empty at the end
 * @param field what says so, as a path from the state such as {@code Catch[0]/Next}
 */
public record Transition(Optional<String> next, String field) {
  static final Transition END = new Transition(Optional.empty(), "End");

  static Transition to(String next, String field) {
    return new Transition(Optional.of(next), field);
  }

  /** Of a state with {@code Next} or {@code End}. */
  static Transition of(Fields fields) {
    boolean end = fields.raw("End").asBoolean(false);
    if (fields.has("End") && !fields.raw("End").isBoolean()) {
      fields.problem("Value is not a boolean", "End");
    }
    if (end == fields.has("Next")) {
      fields.problem(
          end ? "'Next' and 'End' can not both be set" : "The field 'Next' or 'End' is required",
          "");
    }
    return end || !fields.has("Next") ? END : to(fields.text("Next"), "Next");
  }
}
