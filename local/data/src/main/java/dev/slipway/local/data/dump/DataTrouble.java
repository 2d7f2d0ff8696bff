package dev.slipway.local.data.dump;

/** A job cannot go on, or must not; the message says where and why. */
public final class DataTrouble extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String kind;
  private final String here;

  /**
   * @param kind such as {@code table-unknown}
   * @param message in a sentence, without a row's values
   */
  public DataTrouble(String kind, String message) {
    this(kind, message, "");
  }

  /**
   * @param kind such as {@code object-changed}
   * @param message in a sentence, without a row's values
   * @param here what is shown at the runner besides, and goes nowhere; empty: nothing
   */
  public DataTrouble(String kind, String message, String here) {
    super(message);
    this.kind = kind;
    this.here = here;
  }

  /** The kind of trouble. */
  public String kind() {
    return kind;
  }

  /** What is shown at the runner only. */
  public String here() {
    return here;
  }
}
