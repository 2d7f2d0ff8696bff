package dev.slipway.local.run;

import com.fasterxml.jackson.databind.JsonNode;

/** Reads where an onboarding stands out of the API's answer. */
public final class Standings {
  private Standings() {}

  /** Reads an answer of {@code GET /onboardings/{onboarding}}. */
  public static Standing read(JsonNode answer) {
    throw new UnsupportedOperationException();
  }
}
