package dev.slipway.local.docker;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Looks for what {@link Needs} names. */
final class NeedsCondition implements ExecutionCondition {
  /** The system property that makes a missing tool a failure. */
  static final String REQUIRED = "docker.required";

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    Optional<Needs> needs = context.getElement().map(element -> element.getAnnotation(Needs.class));
    String missing =
        needs.stream()
            .flatMap(each -> Arrays.stream(each.value()))
            .flatMap(need -> need.missing().map(why -> need.words() + ": " + why).stream())
            .distinct()
            .collect(Collectors.joining("; "));
    if (missing.isEmpty()) {
      return ConditionEvaluationResult.enabled("everything is there");
    }
    if (Boolean.getBoolean(REQUIRED)) {
      throw new ExtensionConfigurationException(
          context.getDisplayName() + " needs what is missing: " + missing);
    }
    return ConditionEvaluationResult.disabled("needs " + missing);
  }
}
