package dev.slipway.checklist;

import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata;
import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.json.Json;

/**
 * A rule over the elements given so far, in JSONata, as in the state machines. The elements are the
 * fields of the input: {@code activities.externalIps}, {@code `backup-storage`.protocol = 's3'}.
 */
public final class Condition {
  private final String text;
  private final Jsonata expression;

  /**
   * Reads a rule.
   *
   * @throws IllegalArgumentException if it is no JSONata
   */
  public Condition(String text) {
    this.text = text;
    try {
      this.expression = Jsonata.jsonata(text);
    } catch (JException e) {
      throw new IllegalArgumentException("`" + text + "` is no JSONata: " + e.getMessage(), e);
    }
  }

  /** Whether a rule holds. */
  public enum Answer {
    HOLDS,
    DOES_NOT_HOLD,
    /** An element that the rule speaks of is not there yet. */
    UNDECIDED
  }

  /**
   * Evaluates the rule.
   *
   * @throws IllegalArgumentException if it cannot be evaluated, or answers no truth value
   */
  public Answer evaluate(JsonNode elements) {
    Object result;
    try {
      result = expression.evaluate(Json.MAPPER.convertValue(elements, Object.class));
    } catch (JException e) {
      throw new IllegalArgumentException(
          "`" + text + "` cannot be evaluated: " + e.getMessage(), e);
    }
    return switch (result) {
      case null -> Answer.UNDECIDED;
      case Boolean truth -> truth ? Answer.HOLDS : Answer.DOES_NOT_HOLD;
      default ->
          throw new IllegalArgumentException(
              "`" + text + "` answers neither true nor false, but " + result);
    };
  }

  @Override
  public String toString() {
    return text;
  }
}
