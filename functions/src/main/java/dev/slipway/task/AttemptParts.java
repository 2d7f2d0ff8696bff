package dev.slipway.task;

import dev.slipway.systems.net.SystemTrouble;
import java.util.function.Supplier;

/** The parts of one attempt that its steps share. */
record AttemptParts(
    AttemptContext surroundings,
    Inputs inputs,
    Statements statements,
    EvidenceLog log,
    Asks asks,
    Failures failures) {

  /**
   * Runs an action and records its finding.
   *
   * @param field the element to look at if a third party cannot be reached; null for none
   */
  void take(String field, Supplier<Finding> action) {
    try {
      log.add(action.get(), null);
    } catch (SystemTrouble trouble) {
      throw failures.of(trouble, field, null);
    } catch (UnmetRequirement unmet) {
      throw failures.of(unmet);
    }
  }
}
