package dev.slipway.task;

/**
 * The fingerprint of the inputs that a result rests on, in two parts, each a hash.
 *
 * @param basis of the elements, the people's answers, and the bases of the task's dependencies,
 *     unless the task is over for good once it is done
 * @param access of the versions of credentials, the task's own and, likewise, its dependencies'
 */
record Fingerprint(String basis, String access) {
  private static final String BETWEEN = "/";

  /** Reads the ledger's text; answers null if there is none, or one of another form. */
  static Fingerprint parse(String text) {
    int at = text == null ? -1 : text.indexOf(BETWEEN);
    return at < 0 ? null : new Fingerprint(text.substring(0, at), text.substring(at + 1));
  }

  /** Whether at most the credentials differ. */
  boolean isOfSameBasis(Fingerprint other) {
    return other != null && basis.equals(other.basis);
  }

  @Override
  public String toString() {
    return basis + BETWEEN + access;
  }
}
