package dev.slipway.local.run;

import com.fasterxml.jackson.databind.JsonNode;

/** One action of a profile, in Slipway or in a vendor's own user interface. */
public sealed interface ProfileAction {

  /** A person gives another value for an element. */
  record GiveElement(String element, JsonNode value) implements ProfileAction {}

  /** A person stores another credential. */
  record GiveCredential(String system, JsonNode fields) implements ProfileAction {}

  /** A person acts in a vendor's own user interface. */
  record PerformAct(String act, JsonNode details) implements ProfileAction {}

  /** The stand-ins' world changes by a JSON merge patch. */
  record PatchWorld(JsonNode patch) implements ProfileAction {}

  /** The next matching calls to a stand-in meet trouble. */
  record AddFault(JsonNode fault) implements ProfileAction {}

  /** The stand-ins' trouble is over. */
  record ClearFaults() implements ProfileAction {}

  /**
   * A person lets a probe runner inside the customer's network look at what waits for it.
   *
   * @param name what the runner is called
   * @param logins system to the fields of the login that a person would type there
   */
  record LookFromInside(String name, JsonNode logins) implements ProfileAction {}

  /** A person decides about a task. */
  record Decide(Kind kind, String task, String reason) implements ProfileAction {
    /** The decision. */
    public enum Kind {
      /** It is performed again. */
      RETRY,
      /** It is optional and not taken. */
      SKIP,
      /** It is mandatory and done without, if a second person agrees. */
      WAIVE,
      /** The second person agrees. */
      APPROVE
    }
  }
}
