package dev.slipway.checklist;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Whether a task has to be accomplished, or an element given. */
public enum Requirement {
  /** Always (or whenever its condition holds). */
  @JsonProperty("mandatory")
  MANDATORY,
  /** Only if the customer chose it. */
  @JsonProperty("optional")
  OPTIONAL
}
