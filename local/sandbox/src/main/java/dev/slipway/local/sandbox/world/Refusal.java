package dev.slipway.local.sandbox.world;

/** The answer of a stand-in that refuses; thrown within a change of the world, it undoes that. */
public final class Refusal extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient HttpAnswer answer;

  /** A refusal with this answer. */
  public Refusal(HttpAnswer answer) {
    super("HTTP " + answer.status(), null, false, false);
    this.answer = answer;
  }

  /** A refusal whose JSON body is a {@code message}. */
  public static Refusal of(int status, String message) {
    return new Refusal(HttpAnswer.json(status, Json.object().put("message", message)));
  }

  /** The answer to the caller. */
  public HttpAnswer answer() {
    return answer;
  }
}
