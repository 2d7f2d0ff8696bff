package dev.slipway.local.asl.definition;

import java.util.Map;

/**
 * States that lead to each other: those of a machine, of a branch, or of a Map's processor.
 *
 * @param startAt the first one's name
 * @param states by name
 */
public record StateGroup(String startAt, Map<String, State> states) {

  /** The state of that name, which a validated definition has. */
  public State state(String name) {
    return states.get(name);
  }
}
