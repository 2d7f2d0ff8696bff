package dev.slipway.local.run;

import com.fasterxml.jackson.databind.JsonNode;

/** The third parties' stand-ins, as a profile's people use them. */
public interface StandIns {
  /**
   * Does what a person would do in a vendor's own user interface.
   *
   * @throws IllegalArgumentException if there is no such act, or its details are not acceptable
   */
  void perform(String act, JsonNode details);

  /** Applies a JSON merge patch to the stand-ins' world. */
  void patch(JsonNode patch);

  /** Lets the next matching calls meet trouble. */
  void add(JsonNode fault);

  /** No more trouble. */
  void clearFaults();
}
