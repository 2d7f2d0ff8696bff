package dev.slipway.local.asl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.local.asl.definition.ErrorNames;
import dev.slipway.local.asl.definition.StateFailure;
import java.nio.charset.StandardCharsets;

/** Holds data to the limits of size. */
final class Payloads {
  /** No character takes more bytes of UTF-8 than that for each of its chars. */
  private static final int MOST_BYTES_PER_CHAR = 3;

  private final Limits limits;

  Payloads(Limits limits) {
    this.limits = limits;
  }

  /**
   * The data as text.
   *
   * @throws StateFailure if it is too large
   */
  String check(String stateName, JsonNode data) {
    String text = data.toString();
    if (!fits(text)) {
      throw StateFailure.terminal(ErrorNames.DATA_LIMIT_EXCEEDED, tooLarge(stateName));
    }
    return text;
  }

  void checkVariables(String stateName, ObjectNode assigned) {
    if (!assigned.isEmpty() && !fits(assigned.toString(), limits.variableBytes())) {
      throw StateFailure.terminal(ErrorNames.DATA_LIMIT_EXCEEDED, tooLarge(stateName));
    }
  }

  boolean fits(String text) {
    return fits(text, limits.payloadBytes());
  }

  private static boolean fits(String text, int bytes) {
    return text.length() * MOST_BYTES_PER_CHAR <= bytes
        || text.getBytes(StandardCharsets.UTF_8).length <= bytes;
  }

  static String tooLarge(String what) {
    return "The state/task '"
        + what
        + "' returned a result with a size exceeding the maximum number of bytes service limit.";
  }
}
