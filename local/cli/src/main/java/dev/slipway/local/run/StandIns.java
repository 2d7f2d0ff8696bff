package dev.slipway.local.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.Consumer;
import java.util.function.Supplier;

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

  /**
   * Starts a probe runner inside the customer's network, unless it runs, and lets it look once at
   * what waits for it.
   *
   * @param code asks Slipway for a one-time code, if one is needed
   * @param logins system to the fields of the login that a person would type there
   * @param say is told what the runner shows
   */
  default void lookFromInside(
      String runner, Supplier<String> code, JsonNode logins, Consumer<String> say) {
    throw new UnsupportedOperationException("these stand-ins have no inside");
  }

  /** Lets the next matching calls meet trouble. */
  void add(JsonNode fault);

  /** No more trouble. */
  void clearFaults();
}
