package dev.slipway.local.asl.definition;

/**
 * A state failed. Retriers and catchers of the state, then of those around it, may deal with it.
 */
public final class StateFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The origin of a failure, as far as matching and history care. */
  public enum Kind {
    /** A task, a Fail state, a branch. */
    REPORTED,
    /** No heartbeat in time. */
    HEARTBEAT,
    /** An expression, or the value of a field. */
    EVALUATION,
    /** The interpreter: {@code States.ALL} does not match it. */
    TERMINAL
  }

  private final String error;
  private final Kind kind;
  private final String location;

  private StateFailure(Kind kind, String error, String cause, String location) {
    super(cause, null, false, false);
    this.kind = kind;
    this.error = error;
    this.location = location;
  }

  /** A failure that a task, a Fail state or a branch reports; both may be null. */
  public static StateFailure reported(String error, String cause) {
    return new StateFailure(Kind.REPORTED, error, cause, null);
  }

  /** A heartbeat that did not come. */
  public static StateFailure heartbeat(String error) {
    return new StateFailure(Kind.HEARTBEAT, error, null, null);
  }

  /** A field could not be evaluated; the location may be null. */
  public static StateFailure evaluation(String location, String cause) {
    return new StateFailure(Kind.EVALUATION, ErrorNames.QUERY_EVALUATION, cause, location);
  }

  /** An error of the interpreter that only its own name matches. */
  public static StateFailure terminal(String error, String cause) {
    return new StateFailure(Kind.TERMINAL, error, cause, null);
  }

  /** The same failure with another cause. */
  public StateFailure withCause(String cause) {
    return new StateFailure(kind, error, cause, location);
  }

  /** As from the kind's name, for a restored snapshot. */
  public static StateFailure of(Kind kind, String error, String cause) {
    return new StateFailure(kind, error, cause, null);
  }

  public Kind kind() {
    return kind;
  }

  /** The error's name; null if none was given. */
  public String error() {
    return error;
  }

  /** The explanation; null if there is none. */
  public String cause() {
    return getMessage();
  }

  /** The field to blame, for {@code EvaluationFailed}; null if there is none. */
  public String location() {
    return location;
  }

  boolean terminal() {
    return kind == Kind.TERMINAL;
  }

  /** Whether a task took too long, in all or between heartbeats. */
  boolean timedOut() {
    return ErrorNames.TIMEOUT.equals(error) || ErrorNames.HEARTBEAT_TIMEOUT.equals(error);
  }

  boolean heartbeat() {
    return kind == Kind.HEARTBEAT;
  }
}
