package dev.slipway.task;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.slipway.json.Json;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The reason why a section's execution ended early, for people. Step Functions gives the JSON of
 * DescribeExecution, which may hold Lambda's JSON: ARNs, account numbers, inputs and stack traces.
 * This class takes over names only.
 *
 * @param error the innermost error's name, such as {@code Sandbox.Timedout}
 * @param state the state that failed; empty if it is unknown
 * @param execution the execution's name, without the account; empty if it is unknown
 */
record SectionEnd(String error, String state, String execution) {
  /** A section, its child execution, and a function are three levels; deeper JSON is not read. */
  private static final int DEEPEST = 5;

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._$-]{1,120}");

  /** As Step Functions begins the causes of its own errors. */
  private static final Pattern STATE = Pattern.compile("the state '([A-Za-z0-9 _-]{1,80})'");

  static SectionEnd of(TaskRequest.Failure failure) {
    String error = failure.error();
    String execution = "";
    String cause = failure.cause();
    for (int depth = 0; depth < DEEPEST; depth++) {
      JsonNode told = object(cause);
      if (told.isMissingNode()) {
        break;
      }
      execution = told.path("Name").asText(execution);
      error = first(told, "Error", "errorType", "Status", error);
      cause = first(told, "Cause", "errorMessage", "", "");
    }
    Matcher state = STATE.matcher(cause);
    return new SectionEnd(
        NAME.matcher(error).matches() ? error : "an error without a name",
        state.find() ? state.group(1) : "",
        NAME.matcher(execution).matches() ? execution : "");
  }

  private static JsonNode object(String text) {
    try {
      return text.startsWith("{") ? Json.MAPPER.readTree(text) : MissingNode.getInstance();
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance();
    }
  }

  private static String first(JsonNode told, String one, String other, String third, String none) {
    return told.path(one).asText(told.path(other).asText(told.path(third).asText(none)));
  }

  /** The failure, in a sentence. */
  String message() {
    return "The section ended with "
        + error
        + meaning()
        + (state.isEmpty() ? "." : ", in the state " + state + ".");
  }

  /** The place where an engineer finds the details. */
  String whereToLook(TaskRequest request) {
    return "the functions' log has the lines of "
        + request.onboarding()
        + ", run "
        + request.run()
        + (execution.isEmpty() ? "" : "; in Step Functions the execution is called " + execution);
  }

  private String meaning() {
    String words =
        switch (error) {
          case "Sandbox.Timedout" -> "a function ran out of time";
          case "Runtime.ExitError", "Runtime.OutOfMemory", "java.lang.OutOfMemoryError" ->
              "a function's process died";
          case "java.lang.StackOverflowError" -> "a function's stack ran over";
          case "States.Timeout", "TIMED_OUT" -> "a state waited for longer than it may";
          case "ABORTED" -> "its execution was stopped";
          case "States.QueryEvaluationError", "States.Runtime" ->
              "the state machine itself is at fault";
          default -> error.startsWith("Lambda.") ? "Lambda did not run a function" : "";
        };
    return words.isEmpty() ? "" : " (" + words + ")";
  }
}
