package dev.slipway.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.json.Json;
import dev.slipway.ledger.TaskKey;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Of what AWS reports people read what failed and where to look, and no more. */
class SectionEndTest {
  private static final String NAME = "example-hosting-7h3k9m2p-1-2026-01-01T000000Z-0";

  /** As DescribeExecution describes the section's execution. */
  private static String described(String status, String error, String cause) {
    ObjectNode told = Json.MAPPER.createObjectNode();
    told.put("ExecutionArn", "arn:aws:states:eu-central-1:123456789012:execution:x:" + NAME);
    told.put("Input", "{\"onboardingId\":\"example-hosting-7h3k9m2p\"}");
    told.put("Name", NAME).put("Status", status);
    told.put("StateMachineArn", "arn:aws:states:eu-central-1:123456789012:stateMachine:x");
    if (error != null) {
      told.put("Error", error).put("Cause", cause);
    }
    return told.toString();
  }

  private static String message(String error, String cause) {
    return SectionEnd.of(new TaskRequest.Failure(error, cause)).message();
  }

  @Test
  void ofADiedFunction() {
    ObjectNode lambda = Json.MAPPER.createObjectNode();
    lambda.put("errorMessage", "a secret").put("errorType", "java.lang.StackOverflowError");
    lambda.putArray("stackTrace").add("java.base/java.util.regex.Pattern$Loop.match(Unknown)");
    String cause = described("FAILED", "java.lang.StackOverflowError", lambda.toString());

    SectionEnd end = SectionEnd.of(new TaskRequest.Failure("States.TaskFailed", cause));

    assertEquals(
        "The section ended with java.lang.StackOverflowError (a function's stack ran over).",
        end.message());
    TaskRequest request =
        new TaskRequest(
            "example-hosting-7h3k9m2p",
            3,
            new TaskKey("go-live.resume", ""),
            Instant.EPOCH,
            0,
            "token",
            null,
            null);
    assertEquals(
        "the functions' log has the lines of example-hosting-7h3k9m2p, run 3; in Step Functions"
            + " the execution is called "
            + NAME,
        end.whereToLook(request));
    assertEquals(
        "The section ended with Sandbox.Timedout (a function ran out of time).",
        message(
            "States.TaskFailed",
            described(
                "FAILED",
                "Sandbox.Timedout",
                "{\"errorMessage\":\"RequestId: 4711 Error: Task timed out after 180 seconds\"}")));
  }

  @Test
  void ofAStateMachineAtFault() {
    assertEquals(
        "The section ended with States.Runtime (the state machine itself is at fault), in the"
            + " state ConfigureSmtp.",
        message(
            "States.TaskFailed",
            described(
                "FAILED",
                "States.Runtime",
                "An error occurred while executing the state 'ConfigureSmtp' (entered at the event"
                    + " id #4). arn:aws:lambda:eu-central-1:123456789012:function:x")));
  }

  @Test
  void ofAnExecutionThatEndedWithoutAnError() {
    assertEquals(
        "The section ended with ABORTED (its execution was stopped).",
        message("States.TaskFailed", described("ABORTED", null, null)));
    assertEquals(
        "The section ended with States.Timeout (a state waited for longer than it may).",
        message("States.Timeout", ""));
  }

  @Test
  void neverQuotesWhatIsNoName() {
    String cut = described("FAILED", "X", "{\"errorMessage\":\"long").substring(0, 150);
    for (String cause :
        List.of(
            cut,
            "User: arn:aws:sts::123456789012:assumed-role/x is not authorized to perform",
            described("FAILED", "arn:aws:lambda:eu-central-1:123456789012:function:x", "")
                .replace(NAME, "arn:aws:states:eu-central-1:123456789012:x"),
            "{\"Cause\":".repeat(60),
            "[1")) {
      String told = SectionEnd.of(new TaskRequest.Failure("States.TaskFailed", cause)).toString();
      assertFalse(told.contains("arn:") || told.contains("1234567"), told);
    }
  }
}
