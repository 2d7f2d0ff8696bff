package Slipway;

/** An AWS service that the function itself needs did not answer: try again a little later. */
public final class Unavailable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Says which service, and nothing of what was asked: error and cause go into the execution's
   * history.
   */
  public Unavailable(String service) {
    super(service + " did not answer as it should");
  }
}
