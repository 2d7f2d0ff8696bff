package dev.slipway.local.data.dump;

/** A job cannot go on, or must not; the message says where and why. */
public final class DataTrouble extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String kind;

  /**
   * @param kind such as {@code table-unknown}
   * @param message in a sentence, without a row's values
   */
  public DataTrouble(String kind, String message) {
    super(message);
    this.kind = kind;
  }

  /** The kind of trouble. */
  public String kind() {
    return kind;
  }
}
