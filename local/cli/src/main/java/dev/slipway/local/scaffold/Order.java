package dev.slipway.local.scaffold;

/**
 * The order in which the tasks of a section, or the sections of a checklist, have to be reached.
 */
interface Order {
  /** The position of a unit in the checklist; -1 if it is not among those that are ordered. */
  int position(String unit);

  /** Whether the first depends on the second. */
  boolean needs(String later, String earlier);

  /**
   * Whether the unit is of a task with instances. Each of them waits for those that agree with it,
   * in the ledger, and not for all of another task: so the unit is behind nothing.
   */
  boolean hasInstances(String unit);

  default boolean knows(String unit) {
    return position(unit) >= 0;
  }
}
