package dev.slipway.local.scaffold;

/** In which order the tasks of a section, or the sections of a checklist, want to be reached. */
interface Order {
  /** Where it stands in the checklist; -1 if it is not among those that are ordered. */
  int position(String unit);

  /** Whether the first depends on the second. */
  boolean needs(String later, String earlier);

  default boolean knows(String unit) {
    return position(unit) >= 0;
  }
}
