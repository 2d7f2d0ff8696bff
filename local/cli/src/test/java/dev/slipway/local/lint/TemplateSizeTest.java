package dev.slipway.local.lint;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** One stack holds 500 resources; SAM makes several of some of the template's. */
final class TemplateSizeTest {
  private static final int MOST = 450;

  /** A resource's type, or that of a function's event. */
  private static final Pattern TYPE = Pattern.compile("(?m)^ {4,}Type: ([A-Za-z0-9:]++)$");

  /** A function and a state machine get a role each, a route a permission, a schedule a role. */
  private static final Map<String, Integer> MADE =
      Map.of(
          "AWS::Serverless::Function", 2,
          "AWS::Serverless::StateMachine", 2,
          "HttpApi", 1,
          "Schedule", 2,
          "ScheduleV2", 2,
          "DynamoDB", 1);

  @Test
  void theTemplateFitsIntoOneStack() throws IOException {
    int resources =
        TYPE.matcher(Files.readString(ProjectCopy.project().resolve(ProjectCopy.TEMPLATE)))
            .results()
            .mapToInt(
                type -> MADE.getOrDefault(type.group(1), type.group(1).startsWith("AWS::") ? 1 : 0))
            .sum();

    assertTrue(
        resources > 100 && resources <= MOST,
        () -> resources + " resources: above " + MOST + " the stack has to be cut in two");
  }
}
