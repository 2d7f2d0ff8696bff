package dev.slipway.ledger;

/** What Wake decided to tell one task token. Once decided for a token it never changes. */
public record Signal(String token, Kind kind) {
  /** What a task token can be told. */
  public enum Kind {
    /** Go on. */
    SUCCESS,
    /** Look again. */
    RECHECK
  }
}
