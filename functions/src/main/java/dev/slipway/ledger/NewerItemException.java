package dev.slipway.ledger;

/**
 * An item of the ledger holds what this version of Slipway does not know: a newer one wrote it, and
 * was rolled back. It is neither read in part nor written over, for either would lose what the
 * newer version noted. The newer version, deployed again, goes on with it.
 */
public final class NewerItemException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param item the item's key
   * @param what what is not known: a field's path or a name, and no value that a person gave
   */
  NewerItemException(String item, String what, Throwable cause) {
    super(
        "%s holds what this version of Slipway does not know (%s): a newer version wrote it"
            .formatted(item, what),
        cause);
  }
}
