package dev.slipway.local.lambda;

import java.time.Instant;

/** Takes the log lines of functions. Called from many threads; must not fail. */
@FunctionalInterface
public interface LogSink {

  void log(Line line);

  /** Keeps nothing. */
  static LogSink none() {
    return line -> {};
  }

  /**
   * One message of a function.
   *
   * @param function its name
   * @param text as logged, without its line end
   */
  record Line(Instant at, String function, String requestId, String text) {}
}
