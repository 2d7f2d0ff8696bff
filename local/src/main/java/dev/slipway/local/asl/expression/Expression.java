package dev.slipway.local.asl.expression;

import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One JSONata expression of a definition, parsed once. Immutable; may be evaluated by many threads.
 */
final class Expression {
  /**
   * Bounds for expressions that might not end. How deep is as on the service, which documents one
   * second; a machine that is busy otherwise, or sleeps in between, gets more.
   */
  private static final long LONGEST_MILLIS = 10_000;

  private static final int DEEPEST = 100;

  /** What the evaluator's codes of errors look like. */
  private static final Pattern CODE = Pattern.compile("[A-Z]\\d{4}");

  private final String source;
  private final Jsonata parsed;
  private final Screening.Result uses;

  /**
   * @param source the text between the delimiters
   * @throws ExpressionSyntaxException if Step Functions would refuse it
   */
  Expression(String source) {
    this.source = source.strip();
    try {
      this.parsed = Jsonata.jsonata(this.source);
      this.uses = Screening.of(this.source);
    } catch (JException e) {
      throw new ExpressionSyntaxException(e.getMessage());
    } catch (StackOverflowError e) {
      throw new ExpressionSyntaxException("nested too deep");
    }
    parsed.setOutputConvertNulls(false);
  }

  /** The text as error messages cite it. */
  String source() {
    return source;
  }

  Set<String> statesFields() {
    return uses.statesFields();
  }

  /**
   * The value as JSON.
   *
   * @param location the field that holds the expression, for messages
   * @throws EvaluationException if there is none
   */
  JsonNode evaluate(Scope scope, String location) {
    Object value = value(scope, location);
    if (value == null) {
      throw failure(location, "returned nothing (undefined).");
    }
    try {
      return Values.toJson(value);
    } catch (IllegalArgumentException e) {
      throw failure(location, "returned an unsupported result type.");
    }
  }

  private Object value(Scope scope, String location) {
    Jsonata.Frame frame = parsed.createFrame();
    for (String name : uses.variables()) {
      Object value = scope.lookup(name);
      if (value != null) {
        frame.bind(name, value);
      }
    }
    if (uses.boundless()) {
      frame.setRuntimeBounds(LONGEST_MILLIS, DEEPEST);
    }
    try {
      return parsed.evaluate(null, frame);
    } catch (JException e) {
      throw failure(location, told(e));
    } catch (RuntimeException | StackOverflowError e) {
      // The evaluator lets exceptions of the JDK escape as well, such as NumberFormatException.
      throw failure(location, "threw an error during evaluation. " + e.getMessage());
    }
  }

  /** What the evaluator says: a code and its message, or a message in place of the code. */
  private static String told(JException e) {
    return CODE.matcher(String.valueOf(e.getError())).matches()
        ? "threw an error during evaluation. " + e.getError() + ": " + e.getMessage()
        : "threw an error during evaluation: " + e.getError();
  }

  EvaluationException failure(String location, String what) {
    return new EvaluationException(
        location,
        "The JSONata expression '%s' specified for the field '%s' %s"
            .formatted(source, location, what));
  }
}
