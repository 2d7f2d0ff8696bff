package dev.slipway.checklist;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.json.Json;
import java.util.Map;

/**
 * A rule over the elements given so far, in JSONata, as in the state machines. The elements are the
 * fields of the input: {@code activities.externalIps}, {@code `backup-storage`.protocol = 's3'}. A
 * rule of a task with instances may also name where the instance stands: {@code $environment}.
 */
public final class Condition {
  private final Expression expression;

  /**
   * Reads a rule.
   *
   * @throws IllegalArgumentException if it is no JSONata
   */
  public Condition(String text) {
    this.expression = new Expression(text);
  }

  /** The answer to whether a rule holds. */
  public enum Answer {
    HOLDS,
    DOES_NOT_HOLD,
    /** An element that the rule speaks of is not there yet. */
    UNDECIDED
  }

  /**
   * Evaluates the rule of what has no instances.
   *
   * @throws IllegalArgumentException if it cannot be evaluated, or answers no truth value
   */
  public Answer evaluate(JsonNode elements) {
    return evaluate(elements, Map.of());
  }

  /**
   * Evaluates the rule of an instance.
   *
   * @param at where it stands, axis to value
   * @throws IllegalArgumentException if it cannot be evaluated, or answers no truth value
   */
  public Answer evaluate(JsonNode elements, Map<String, String> at) {
    return evaluate(Json.MAPPER.convertValue(elements, Object.class), at);
  }

  Answer evaluate(Object elements, Map<String, String> at) {
    Object result = expression.evaluate(elements, at);
    return switch (result) {
      case null -> Answer.UNDECIDED;
      case Boolean truth -> truth ? Answer.HOLDS : Answer.DOES_NOT_HOLD;
      default ->
          throw new IllegalArgumentException(
              "`" + this + "` answers neither true nor false, but " + result);
    };
  }

  @Override
  public String toString() {
    return expression.toString();
  }
}
