package Slipway;

/** The execution is of a run that another one has replaced: it ends here. */
public final class StaleRun extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StaleRun(int run, int current) {
    super("run " + run + " is over: only run " + current + " counts");
  }
}
