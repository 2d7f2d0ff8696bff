package dev.slipway.checklist;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The mode of a step: its performer, and the proof that it is done. */
public enum Mode {
  /** A machine performs and verifies it. */
  @JsonProperty("automatic")
  AUTOMATIC,
  /** A person performs it, a machine verifies it afterwards. */
  @JsonProperty("verified")
  VERIFIED,
  /** A person performs it and states so. */
  @JsonProperty("attested")
  ATTESTED
}
