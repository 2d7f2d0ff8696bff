package dev.slipway.local.iam;

import dev.slipway.local.aws.Access;
import dev.slipway.local.template.PolicyStatement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * One key of a statement's {@code Condition}.
 *
 * @param negated holds if none of the values matches, also where the request has no such key
 */
record Condition(String key, boolean negated, List<Wildcard> values) {
  /** The keys that the local services tell of their requests. */
  private static final Set<String> KEYS =
      Set.of(
          "events:source",
          "kms:MessageType",
          "kms:SigningAlgorithm",
          "secretsmanager:Name",
          "ses:FromAddress");

  static List<Condition> of(PolicyStatement source) {
    var conditions = new ArrayList<Condition>();
    for (var operator : source.json().path("Condition").properties()) {
      for (var key : operator.getValue().properties()) {
        if (!KEYS.contains(key.getKey())) {
          throw source.problem("the condition key '%s' is not known here".formatted(key.getKey()));
        }
        var values = new ArrayList<Wildcard>();
        for (var value : key.getValue().isArray() ? key.getValue() : List.of(key.getValue())) {
          values.add(value(source, operator.getKey(), value.asText()));
        }
        conditions.add(
            new Condition(
                key.getKey(), operator.getKey().startsWith("StringNot"), List.copyOf(values)));
      }
    }
    return List.copyOf(conditions);
  }

  private static Wildcard value(PolicyStatement source, String operator, String text) {
    if (text.contains("${")) {
      throw source.problem("policy variables are not understood here: " + text);
    }
    return switch (operator) {
      case "StringLike", "StringNotLike" -> Wildcard.of(text);
      case "StringEquals", "StringNotEquals" -> Wildcard.exactly(text);
      default ->
          throw source.problem("the condition operator '%s' is not known here".formatted(operator));
    };
  }

  boolean holds(Access access) {
    var value = access.context().get(key);
    if (value == null) {
      return negated;
    }
    return values.stream().anyMatch(one -> one.matches(value)) != negated;
  }
}
