package dev.slipway.local.asl;

import static dev.slipway.local.asl.history.HistoryEventType.ACTIVITY_FAILED;
import static dev.slipway.local.asl.history.HistoryEventType.ACTIVITY_SCHEDULED;
import static dev.slipway.local.asl.history.HistoryEventType.ACTIVITY_STARTED;
import static dev.slipway.local.asl.history.HistoryEventType.ACTIVITY_SUCCEEDED;
import static dev.slipway.local.asl.history.HistoryEventType.ACTIVITY_TIMED_OUT;
import static dev.slipway.local.asl.history.HistoryEventType.LAMBDA_FUNCTION_FAILED;
import static dev.slipway.local.asl.history.HistoryEventType.LAMBDA_FUNCTION_SCHEDULED;
import static dev.slipway.local.asl.history.HistoryEventType.LAMBDA_FUNCTION_STARTED;
import static dev.slipway.local.asl.history.HistoryEventType.LAMBDA_FUNCTION_SUCCEEDED;
import static dev.slipway.local.asl.history.HistoryEventType.LAMBDA_FUNCTION_TIMED_OUT;
import static dev.slipway.local.asl.history.HistoryEventType.TASK_FAILED;
import static dev.slipway.local.asl.history.HistoryEventType.TASK_SCHEDULED;
import static dev.slipway.local.asl.history.HistoryEventType.TASK_STARTED;
import static dev.slipway.local.asl.history.HistoryEventType.TASK_SUBMITTED;
import static dev.slipway.local.asl.history.HistoryEventType.TASK_SUBMIT_FAILED;
import static dev.slipway.local.asl.history.HistoryEventType.TASK_SUCCEEDED;
import static dev.slipway.local.asl.history.HistoryEventType.TASK_TIMED_OUT;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.local.asl.history.HistoryEventType;
import dev.slipway.local.asl.task.TaskRequest;
import java.time.Duration;

/** The events of tasks. Lambda functions and activities named by their own ARN have their own. */
final class TaskEvents {
  private static final String INTEGRATION = "arn:aws:states:::";

  private final History history;
  private final String region;

  /**
   * @param executionArn names the region, in which tasks are said to be performed
   */
  TaskEvents(History history, String executionArn) {
    this.history = history;
    String[] parts = executionArn.split(":", -1);
    this.region = parts.length > 3 ? parts[3] : "";
  }

  private enum Family {
    INTEGRATION,
    LAMBDA,
    ACTIVITY;

    static Family of(String resource) {
      if (resource.contains(":lambda:") && resource.contains(":function:")) {
        return LAMBDA;
      }
      return resource.contains(":activity:") ? ACTIVITY : INTEGRATION;
    }

    HistoryEventType pick(
        HistoryEventType integration, HistoryEventType lambda, HistoryEventType activity) {
      return switch (this) {
        case INTEGRATION -> integration;
        case LAMBDA -> lambda;
        case ACTIVITY -> activity;
      };
    }
  }

  /** The service that a resource names, such as {@code lambda} or {@code aws-sdk:dynamodb}. */
  static String service(String resource) {
    if (!resource.startsWith(INTEGRATION)) {
      return resource;
    }
    String named = resource.substring(INTEGRATION.length());
    int action = named.indexOf(':', named.startsWith("aws-sdk:") ? "aws-sdk:".length() : 0);
    return action < 0 ? named : named.substring(0, action);
  }

  private static String action(String resource) {
    int after = INTEGRATION.length() + service(resource).length() + 1;
    return resource.startsWith(INTEGRATION) && after <= resource.length()
        ? resource.substring(after)
        : resource;
  }

  void scheduled(Branch branch, TaskRequest request) {
    Family family = Family.of(request.resource());
    ObjectNode details = request(request);
    if (family == Family.INTEGRATION) {
      details.put("region", region).put("parameters", request.arguments().toString());
    } else {
      details.put("resource", request.resource());
      History.putData(details, "input", request.arguments());
    }
    request.timeout().map(Duration::toSeconds).ifPresent(s -> details.put("timeoutInSeconds", s));
    request
        .heartbeat()
        .map(Duration::toSeconds)
        .ifPresent(s -> details.put("heartbeatInSeconds", s));
    request
        .credentials()
        .ifPresent(role -> details.putObject("taskCredentials").put("roleArn", role));
    add(
        branch,
        family.pick(TASK_SCHEDULED, LAMBDA_FUNCTION_SCHEDULED, ACTIVITY_SCHEDULED),
        details);
    add(
        branch,
        family.pick(TASK_STARTED, LAMBDA_FUNCTION_STARTED, ACTIVITY_STARTED),
        family == Family.LAMBDA ? null : request(request));
  }

  void submitted(Branch branch, TaskRequest request, JsonNode answer) {
    add(branch, TASK_SUBMITTED, History.putData(resource(request), "output", answer));
  }

  void succeeded(Branch branch, TaskRequest request, String result) {
    add(
        branch,
        Family.of(request.resource())
            .pick(TASK_SUCCEEDED, LAMBDA_FUNCTION_SUCCEEDED, ACTIVITY_SUCCEEDED),
        History.putData(request(request), "output", result));
  }

  void failed(Branch branch, TaskRequest request, boolean submitted, String error, String cause) {
    HistoryEventType integration =
        request.pattern().hasToken() && !submitted ? TASK_SUBMIT_FAILED : TASK_FAILED;
    add(
        branch,
        Family.of(request.resource()).pick(integration, LAMBDA_FUNCTION_FAILED, ACTIVITY_FAILED),
        History.putError(request(request), error, cause));
  }

  void timedOut(Branch branch, TaskRequest request, String error) {
    add(
        branch,
        Family.of(request.resource())
            .pick(TASK_TIMED_OUT, LAMBDA_FUNCTION_TIMED_OUT, ACTIVITY_TIMED_OUT),
        History.putError(request(request), error, null));
  }

  private void add(Branch branch, HistoryEventType type, ObjectNode details) {
    history.add(branch, type, details);
  }

  /**
   * The fields that identify the resource in each event of an integration; none in other events.
   */
  private static ObjectNode request(TaskRequest request) {
    return Family.of(request.resource()) == Family.INTEGRATION
        ? resource(request)
        : History.details();
  }

  private static ObjectNode resource(TaskRequest request) {
    return History.details()
        .put("resourceType", service(request.resource()))
        .put("resource", action(request.resource()));
  }
}
