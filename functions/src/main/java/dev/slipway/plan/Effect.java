package dev.slipway.plan;

/** The effect of a run on a task. */
public enum Effect {
  /** It is performed, or an earlier result is used again. */
  RUN,
  /** The checklist's rule says that it does not apply to this customer. */
  NOT_APPLICABLE,
  /** It is optional and was not chosen, or a person decided to skip it. */
  SKIP,
  /** It is mandatory, and two people agreed to do without it. */
  WAIVE,
  /** The checklist declares it; it is not built yet. */
  PLANNED,
  /** An element that the rule speaks of is missing. */
  UNDECIDED
}
