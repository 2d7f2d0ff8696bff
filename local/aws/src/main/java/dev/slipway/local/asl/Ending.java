package dev.slipway.local.asl;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/**
 * The end of an execution. All but the status may be null.
 *
 * @param status {@code RUNNING} if it has not ended
 * @param output if it succeeded
 * @param error the error's name
 * @param cause an explanation
 * @param at when it ended
 */
record Ending(ExecutionStatus status, JsonNode output, String error, String cause, Instant at) {
  static final Ending NONE = new Ending(ExecutionStatus.RUNNING, null, null, null, null);
}
