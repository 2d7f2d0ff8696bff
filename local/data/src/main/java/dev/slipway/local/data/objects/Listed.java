package dev.slipway.local.data.objects;

/**
 * An object that a row names, as the source has it.
 *
 * @param bucket by the map's name
 * @param object size and ETag; null unless it is there
 */
record Listed(String bucket, String key, State state, StoredObject object) {
  /** What there is of it. */
  enum State {
    /** It is copied. */
    THERE,
    /** The bucket has no such object, though a row names it. */
    MISSING,
    /** A row before named it too. */
    AGAIN
  }

  boolean isThere() {
    return state == State.THERE;
  }
}
