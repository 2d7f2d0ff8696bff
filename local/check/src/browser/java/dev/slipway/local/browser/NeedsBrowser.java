package dev.slipway.local.browser;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Skips a class of tests, and says so, where Chromium or its driver is missing; a failure with
 * {@code -Dbrowser.required=true}.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(NeedsBrowser.Condition.class)
@interface NeedsBrowser {
  /** Looks for both. */
  final class Condition implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      String missing =
          List.of(Browser.BINARY, Browser.DRIVER).stream()
              .filter(path -> !Files.isExecutable(path))
              .map(Path::toString)
              .collect(Collectors.joining(" and no "));
      if (missing.isEmpty()) {
        return ConditionEvaluationResult.enabled("everything is there");
      }
      String why =
          "there is no %s (Debian: apt-get install chromium chromium-driver)".formatted(missing);
      if (Boolean.getBoolean("browser.required")) {
        throw new ExtensionConfigurationException(context.getDisplayName() + ": " + why);
      }
      System.out.println("SKIPPED: " + context.getDisplayName() + ": " + why);
      return ConditionEvaluationResult.disabled(why);
    }
  }
}
