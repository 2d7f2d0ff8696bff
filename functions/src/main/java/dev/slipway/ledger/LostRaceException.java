package dev.slipway.ledger;

/** Another writer changed the item first: nothing was written. Read again and decide anew. */
public final class LostRaceException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public LostRaceException(String item) {
    super(item + " was changed by another writer meanwhile");
  }
}
