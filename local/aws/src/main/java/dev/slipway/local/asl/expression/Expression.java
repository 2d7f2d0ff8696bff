package dev.slipway.local.asl.expression;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.local.asl.jsonata.Budget;
import dev.slipway.local.asl.jsonata.Jsonata;
import dev.slipway.local.asl.jsonata.JsonataException;
import java.util.Set;

/**
 * One JSONata expression of a definition, parsed once. Immutable; may be evaluated by many threads.
 */
final class Expression {
  private final String source;
  private final Jsonata parsed;
  private final Set<String> statesFields;

  /**
   * @param source the text between the delimiters
   * @throws ExpressionSyntaxException if Step Functions would refuse it
   */
  Expression(String source) {
    this.source = source.strip();
    try {
      this.parsed = Jsonata.parse(this.source);
    } catch (JsonataException e) {
      throw new ExpressionSyntaxException(
          e.code() == null ? e.getMessage() : e.code() + ": " + e.getMessage());
    }
    this.statesFields = Screening.statesFields(parsed.root());
  }

  /** The text as error messages cite it. */
  String source() {
    return source;
  }

  Set<String> statesFields() {
    return statesFields;
  }

  /**
   * The value as JSON.
   *
   * @param location the field that holds the expression, for messages
   * @throws EvaluationException if there is none
   */
  JsonNode evaluate(Scope scope, String location) {
    return evaluate(scope, location, new Budget());
  }

  JsonNode evaluate(Scope scope, String location, Budget budget) {
    try {
      Object value = parsed.evaluate(null, scope::lookup, scope.clock(), budget);
      if (value != null) {
        return Values.toJson(value, budget);
      }
    } catch (JsonataException e) {
      throw failure(
          location,
          e.code() == null
              ? "threw an error during evaluation: " + e.getMessage()
              : "threw an error during evaluation. " + e.code() + ": " + e.getMessage());
    } catch (Values.UnsupportedTypeException e) {
      throw failure(location, "returned an unsupported result type.");
    } catch (RuntimeException | StackOverflowError e) {
      // A fault of the evaluator is no reason to end the execution without its catchers.
      throw failure(location, "threw an error during evaluation: " + e);
    }
    throw failure(location, "returned nothing (undefined).");
  }

  EvaluationException failure(String location, String what) {
    return new EvaluationException(
        location,
        "The JSONata expression '%s' specified for the field '%s' %s"
            .formatted(source, location, what));
  }
}
