package dev.slipway.local.probe;

/** The runner cannot go on; the message says why and what helps. */
public final class RunnerFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  RunnerFailure(String message) {
    super(message);
  }

  static RunnerFailure of(RunnerApi.Answer.Refused refused) {
    return new RunnerFailure(
        refused.detail() + (refused.code().isEmpty() ? "" : " (" + refused.code() + ")"));
  }
}
