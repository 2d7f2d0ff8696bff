package dev.slipway.checklist;

import com.dashjoin.jsonata.Jsonata;
import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.json.Json;
import java.util.regex.Pattern;

/**
 * A rule over the elements given so far, in JSONata, as in the state machines. The elements are the
 * fields of the input: {@code activities.externalIps}, {@code `backup-storage`.protocol = 's3'}.
 *
 * <p>A rule looks at values that people gave, and so it ends: a rule with a regular expression is
 * refused (the evaluator's may backtrack without end), and what nests deeper than {@link #DEEPEST}
 * or takes longer than {@link #LONGEST_NANOS} fails.
 */
public final class Condition {
  private static final int DEEPEST = 100;
  private static final long LONGEST_NANOS = 1_000_000_000L;

  /** A slash outside of quotes: it begins a regular expression, or divides. */
  private static final Pattern SLASH =
      Pattern.compile(
          "(?:[^\"'`/]|\"(?:[^\"\\\\]|\\\\.)*+\"|'(?:[^'\\\\]|\\\\.)*+'|`[^`]*+`)*+/.*+",
          Pattern.DOTALL);

  private final String text;
  private final Jsonata expression;

  /**
   * Reads a rule.
   *
   * @throws IllegalArgumentException if it is no JSONata
   */
  public Condition(String text) {
    this.text = text;
    if (SLASH.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "`"
              + text
              + "` has a slash: regular expressions, divisions and comments are not for rules;"
              + " compare with = or in");
    }
    try {
      this.expression = Jsonata.jsonata(text);
    } catch (RuntimeException | StackOverflowError e) {
      // Of what is no JSONata the parser tells by any exception of the JDK as well.
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
      Jsonata.Frame frame = expression.createFrame();
      new Bounds().watch(frame);
      result = expression.evaluate(Json.MAPPER.convertValue(elements, Object.class), frame);
    } catch (RuntimeException | StackOverflowError e) {
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

  /** Of one evaluation. The evaluator's own count a level for good at each object it makes. */
  private static final class Bounds {
    private final long begin = System.nanoTime();
    private int depth;

    void watch(Jsonata.Frame frame) {
      frame.setEvaluateEntryCallback((part, input, scope) -> enter());
      frame.setEvaluateExitCallback((part, input, scope, result) -> depth--);
    }

    private void enter() {
      if (++depth > DEEPEST || System.nanoTime() - begin > LONGEST_NANOS) {
        throw new IllegalStateException("it nests too deep, or takes too long");
      }
    }
  }

  @Override
  public String toString() {
    return text;
  }
}
