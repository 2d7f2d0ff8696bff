package dev.slipway.ledger;

/**
 * Wake's decision about the answer to one task token. Once decided for a token it never changes.
 */
public record Signal(String token, Kind kind) {
  /** The answers that a task token can get. */
  public enum Kind {
    /** Go on. */
    SUCCESS,
    /** Look again. */
    RECHECK
  }
}
