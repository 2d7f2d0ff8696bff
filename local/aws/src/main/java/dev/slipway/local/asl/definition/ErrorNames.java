package dev.slipway.local.asl.definition;

import java.util.List;

/** The errors that the language itself knows, and which names match which errors. */
public final class ErrorNames {
  public static final String ALL = "States.ALL";
  public static final String TASK_FAILED = "States.TaskFailed";
  public static final String TIMEOUT = "States.Timeout";
  public static final String HEARTBEAT_TIMEOUT = "States.HeartbeatTimeout";
  public static final String QUERY_EVALUATION = "States.QueryEvaluationError";
  public static final String DATA_LIMIT_EXCEEDED = "States.DataLimitExceeded";
  public static final String RUNTIME = "States.Runtime";

  private ErrorNames() {}

  /**
   * Whether one of the names of an {@code ErrorEquals} matches an error.
   *
   * <p>{@code States.ALL} matches all but the terminal errors of the interpreter itself; {@code
   * States.TaskFailed} also leaves out timeouts. A missed heartbeat is matched by its own name and
   * as a timeout.
   */
  static boolean matches(List<String> errorEquals, StateFailure failure) {
    return errorEquals.stream().anyMatch(name -> matches(name, failure));
  }

  private static boolean matches(String name, StateFailure failure) {
    String error = failure.error();
    return switch (name) {
      case ALL -> !failure.terminal();
      case TASK_FAILED -> !failure.terminal() && !failure.timedOut();
      case TIMEOUT -> failure.timedOut();
      case HEARTBEAT_TIMEOUT -> failure.heartbeat();
      default -> name.equals(error);
    };
  }
}
