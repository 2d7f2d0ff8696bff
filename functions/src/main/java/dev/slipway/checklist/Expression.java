package dev.slipway.checklist;

import com.dashjoin.jsonata.Jsonata;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * JSONata over the elements of an onboarding. It looks at values that people gave, and so it ends:
 * a regular expression is refused (the evaluator's may backtrack without end), and what nests
 * deeper than {@link #DEEPEST} or takes longer than {@link #LONGEST_NANOS} fails.
 */
public final class Expression {
  private static final int DEEPEST = 100;
  private static final long LONGEST_NANOS = 1_000_000_000L;

  /** A slash outside of quotes: it begins a regular expression, or divides. */
  private static final Pattern SLASH =
      Pattern.compile(
          "(?:[^\"'`/]|\"(?:[^\"\\\\]|\\\\.)*+\"|'(?:[^'\\\\]|\\\\.)*+'|`[^`]*+`)*+/.*+",
          Pattern.DOTALL);

  private final String text;
  private final Jsonata parsed;

  /**
   * Reads an expression.
   *
   * @throws IllegalArgumentException if it is no JSONata
   */
  public Expression(String text) {
    this.text = text;
    if (SLASH.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "`"
              + text
              + "` has a slash: regular expressions, divisions and comments are not for rules;"
              + " compare with = or in");
    }
    try {
      this.parsed = Jsonata.jsonata(text);
    } catch (RuntimeException | StackOverflowError e) {
      // Of what is no JSONata the parser tells by any exception of the JDK as well.
      throw new IllegalArgumentException("`" + text + "` is no JSONata: " + e.getMessage(), e);
    }
  }

  /**
   * Evaluates it.
   *
   * @param elements maps, lists and values
   * @param variables by name, without the {@code $}
   * @return null for undefined
   * @throws IllegalArgumentException if it cannot be evaluated
   */
  public Object evaluate(Object elements, Map<String, String> variables) {
    try {
      Jsonata.Frame frame = parsed.createFrame();
      variables.forEach(frame::bind);
      new Bounds().watch(frame);
      return parsed.evaluate(elements, frame);
    } catch (RuntimeException | StackOverflowError e) {
      throw new IllegalArgumentException(
          "`" + text + "` cannot be evaluated: " + e.getMessage(), e);
    }
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
