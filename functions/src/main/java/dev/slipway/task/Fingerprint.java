package dev.slipway.task;

/**
 * What a result rests on, in two parts.
 *
 * @param basis of the elements, the answers and what its dependencies rest on
 * @param access of the versions of credentials, its own and its dependencies'
 */
record Fingerprint(String basis, String access) {
  private static final String BETWEEN = "/";

  /** As the ledger keeps it; null if it keeps none, or one of another form. */
  static Fingerprint parse(String text) {
    int at = text == null ? -1 : text.indexOf(BETWEEN);
    return at < 0 ? null : new Fingerprint(text.substring(0, at), text.substring(at + 1));
  }

  /** Whether nothing but credentials is different. */
  boolean isOfSameBasis(Fingerprint other) {
    return other != null && basis.equals(other.basis);
  }

  @Override
  public String toString() {
    return basis + BETWEEN + access;
  }
}
