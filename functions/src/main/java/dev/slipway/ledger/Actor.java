package dev.slipway.ledger;

/** The author of an act: a person in a role, or a function of Slipway. */
public record Actor(String name, String role) {
  /** A function acting by itself. */
  public static Actor system(String function) {
    return new Actor(function, "system");
  }
}
