package dev.slipway.local.run;

import com.fasterxml.jackson.databind.JsonNode;

/** Something that a profile lets happen, in Slipway or in a vendor's own user interface. */
public sealed interface Deed {

  /** A person gives another value for an element. */
  record GiveElement(String element, JsonNode value) implements Deed {}

  /** A person stores another credential. */
  record GiveCredential(String system, JsonNode fields) implements Deed {}

  /** Somebody does something in a vendor's own user interface. */
  record PerformAct(String act, JsonNode details) implements Deed {}

  /** Something about the stand-ins changes, as a JSON merge patch over their world. */
  record PatchWorld(JsonNode patch) implements Deed {}

  /** The next matching calls to a stand-in meet trouble. */
  record AddFault(JsonNode fault) implements Deed {}

  /** The stand-ins' trouble is over. */
  record ClearFaults() implements Deed {}

  /**
   * Somebody lets a probe runner inside the customer's network look at what waits for it.
   *
   * @param name what the runner is called
   * @param logins system to the fields of the login that a person would type there
   */
  record LookFromInside(String name, JsonNode logins) implements Deed {}

  /** A person decides about a task. */
  record Decide(Kind kind, String task, String reason) implements Deed {
    /** What is decided. */
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
