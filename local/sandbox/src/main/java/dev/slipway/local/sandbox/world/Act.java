package dev.slipway.local.sandbox.world;

import com.fasterxml.jackson.databind.JsonNode;

/** An act of a person in a vendor's own user interface, where no API exists for it. */
@FunctionalInterface
public interface Act {

  /**
   * Does it.
   *
   * @param details what the person enters
   * @return what the person sees afterwards
   * @throws IllegalArgumentException when the details are not acceptable, with the reason
   */
  JsonNode perform(JsonNode details);
}
