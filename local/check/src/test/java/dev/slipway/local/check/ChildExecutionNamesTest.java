package dev.slipway.local.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.local.asl.Scenario;
import dev.slipway.local.asl.task.TaskRequest;
import dev.slipway.local.cli.ProjectRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The names that an onboarding's state machine gives to the executions of its sections: Step
 * Functions takes 80 characters at most, and no name twice.
 */
class ChildExecutionNamesTest {
  /** What the ledger makes of a long name: 32 characters of it, a hyphen, and 8 of chance. */
  private static final String LONGEST_ID = "a".repeat(32) + "-x7mswfbr";

  private static final int RETRIES = 100;

  /** LocalStack tells microseconds and an offset, which is six characters more than AWS. */
  private static final int ROOM_FOR_LONGER_TIMES = 6;

  @Test
  void areShortEnoughAndNeverTheSame() throws Exception {
    Set<String> names = new HashSet<>();
    int starts = 0;
    for (int run : new int[] {1, 10, 100, 9999}) {
      Scenario scenario =
          new Scenario(
              definition(),
              Map.of(
                  "BeginRun",
                  List.of(
                      Scenario.result(
                          "{\"Payload\": {\"begins\": true, \"onboardingId\": \"%s\", \"run\": %d}}"
                              .formatted(LONGEST_ID, run))),
                  "TechnicalConfiguration",
                  Collections.nCopies(
                      RETRIES, Scenario.error("StepFunctions.ExecutionLimitExceeded"))));
      scenario.start("{\"onboardingId\": \"%s\", \"run\": %d}".formatted(LONGEST_ID, run));
      scenario.time.advance(Duration.ofDays(1));

      List<String> section = names(scenario, "TechnicalConfiguration");
      assertEquals(1 + RETRIES, section.size());
      starts += section.size();
      names.addAll(section);
      for (String name : section) {
        assertTrue(name.startsWith(LONGEST_ID + "-" + run + "-"), name);
        assertTrue(name.matches("[A-Za-z0-9._-]+"), name);
        assertTrue(name.length() + ROOM_FOR_LONGER_TIMES <= 80, name);
      }
      // Each section has a state machine of its own, so their names may be the same.
      assertEquals(section.subList(0, 1), names(scenario, "BillingIntegration"));
    }
    assertEquals(starts, names.size(), "each attempt has a name of its own, whatever its run");
  }

  private static List<String> names(Scenario scenario, String state) {
    return scenario.requests.stream()
        .filter(request -> request.state().equals(state))
        .map(TaskRequest::arguments)
        .map(arguments -> arguments.path("Name").asText())
        .collect(Collectors.toList());
  }

  private static String definition() throws IOException {
    return Files.readString(
            ProjectRoot.find().resolve("statemachines/hosting-provider/onboarding.asl.json"))
        .replaceAll(
            "\\$\\{([A-Za-z]+)FunctionArn}", "arn:aws:lambda:eu-west-1:111111111111:function:$1")
        .replaceAll(
            "\\$\\{([A-Za-z]+)StateMachineArn}",
            "arn:aws:states:eu-west-1:111111111111:stateMachine:$1");
  }
}
