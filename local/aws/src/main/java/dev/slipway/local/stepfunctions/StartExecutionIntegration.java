package dev.slipway.local.stepfunctions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.slipway.local.asl.ExecutionStatus;
import dev.slipway.local.asl.task.IntegrationPattern;
import dev.slipway.local.asl.task.RunningTask;
import dev.slipway.local.asl.task.TaskCompletion;
import dev.slipway.local.asl.task.TaskRequest;
import dev.slipway.local.aws.Access;
import dev.slipway.local.aws.AwsException;
import dev.slipway.local.schedule.OngoingWork;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/** {@code states:startExecution}, plain, {@code .sync}, {@code .sync:2} and with a callback. */
final class StartExecutionIntegration implements Integration {
  private static final String RESOURCE = "arn:aws:states:::states:startExecution";

  /** The rule by which Step Functions hears of the end of children. */
  private static final String RULE = "StepFunctionsGetEventsForStepFunctionsExecutionRule";

  private final Executions executions;
  private final MachineStore machines;
  private final Executor threads;
  private final OngoingWork work;

  StartExecutionIntegration(
      Executions executions, MachineStore machines, Executor threads, OngoingWork work) {
    this.executions = executions;
    this.machines = machines;
    this.threads = threads;
    this.work = work;
  }

  @Override
  public boolean performs(String resource) {
    return resource.equals(RESOURCE)
        || resource.equals(RESOURCE + ".sync")
        || resource.equals(RESOURCE + ".sync:2")
        || resource.equals(RESOURCE + ".waitForTaskToken");
  }

  /** A task that waits for a child also looks it up, and keeps the rule that tells of its end. */
  @Override
  public List<Access> needs(TaskRequest request) {
    var machine = request.arguments().path("StateMachineArn").asText();
    var needs = new ArrayList<Access>();
    needs.add(new Access("states:StartExecution", machine));
    if (sync(request)) {
      needs.add(new Access("states:DescribeExecution", child(request)));
      var parts = request.executionArn().split(":", 6);
      var rule = "arn:aws:events:%s:%s:rule/%s".formatted(parts[3], parts[4], RULE);
      needs.addAll(Access.all(rule, "events:PutTargets", "events:PutRule", "events:DescribeRule"));
    }
    return needs;
  }

  @Override
  public List<Access> needsToCancel(TaskRequest request) {
    return sync(request) ? List.of(new Access("states:StopExecution", child(request))) : List.of();
  }

  private static String child(TaskRequest request) {
    return request
            .arguments()
            .path("StateMachineArn")
            .asText()
            .replace(":stateMachine:", ":execution:")
        + ":"
        + request.arguments().path("Name").asText("*");
  }

  @Override
  public String errorWhenDenied(TaskRequest request) {
    return "StepFunctions.AWSStepFunctionsException";
  }

  @Override
  public String causeWhenDenied(TaskRequest request, String message) {
    return SdkMetadata.cause(message, "AWSStepFunctions", "AccessDeniedException");
  }

  @Override
  public RunningTask start(TaskRequest request, TaskCompletion completion) {
    work.begin();
    threads.execute(
        () -> {
          try {
            begin(request, completion, executions.startedBy(request.id()));
          } finally {
            work.end();
          }
        });
    boolean sync = sync(request);
    return () -> {
      if (sync) {
        cancel(request);
      }
    };
  }

  /** A child that was started before is found by the task that started it. */
  @Override
  public RunningTask resume(TaskRequest request, TaskCompletion completion) {
    return start(request, completion);
  }

  private static boolean sync(TaskRequest request) {
    return request.pattern() == IntegrationPattern.SYNC
        || request.pattern() == IntegrationPattern.SYNC_2;
  }

  private void cancel(TaskRequest request) {
    work.begin();
    threads.execute(
        () -> {
          try {
            executions
                .startedBy(request.id())
                .ifPresent(child -> executions.stop(child, null, null));
          } finally {
            work.end();
          }
        });
  }

  private void begin(
      TaskRequest request, TaskCompletion completion, Optional<ExecutionEntry> before) {
    ExecutionEntry child;
    try {
      child = before.orElseGet(() -> startChild(request));
    } catch (AwsException e) {
      completion.fail(
          "StepFunctions." + e.code() + "Exception",
          SdkMetadata.cause(e.getMessage(), "AWSStepFunctions", e.code()));
      return;
    } catch (RuntimeException e) {
      completion.fail("StepFunctions.SfnException", e.toString());
      return;
    }
    var answer = JsonNodeFactory.instance.objectNode();
    answer.put("ExecutionArn", child.header().arn());
    SdkMetadata.add(answer, UUID.randomUUID().toString());
    answer.put("StartDate", child.header().startDate().toEpochMilli() / 1000.0);
    switch (request.pattern()) {
      case REQUEST_RESPONSE -> completion.succeed(answer);
      case WAIT_FOR_TASK_TOKEN -> completion.submitted(answer);
      case SYNC, SYNC_2 -> {
        if (before.isEmpty()) {
          completion.submitted(answer);
        }
        CompletionStage<ExecutionState> end = child.ended();
        end.thenAccept(
            state ->
                ended(child, state, request.pattern() == IntegrationPattern.SYNC_2, completion));
      }
    }
  }

  private ExecutionEntry startChild(TaskRequest request) {
    var arguments = request.arguments();
    var arn = arguments.path("StateMachineArn").asText();
    var machine = machines.find(arn).orElseThrow(() -> Failures.noStateMachine(arn));
    var name =
        Requests.name(
            Requests.optional(arguments, "Name").orElseGet(() -> UUID.randomUUID().toString()));
    JsonNode input = arguments.path("Input");
    if (input.isMissingNode()) {
      input = JsonNodeFactory.instance.objectNode();
    }
    var text = input.isTextual() ? input.textValue() : input.toString();
    var parsed =
        Requests.json(text)
            .orElseThrow(
                () ->
                    new AwsException(
                        "InvalidExecutionInput",
                        "Invalid State Machine Execution Input: '" + text + "'"));
    return executions.start(machine, name, text, parsed, Optional.of(request.id()));
  }

  private static void ended(
      ExecutionEntry child, ExecutionState state, boolean parsed, TaskCompletion completion) {
    var description = description(child, state, parsed);
    if (state.status() == ExecutionStatus.SUCCEEDED) {
      completion.succeed(description);
    } else {
      completion.fail("States.TaskFailed", description.toString());
    }
  }

  /**
   * Members in alphabetical order, as recorded from the service.
   *
   * @param parsed input and output as JSON rather than as text
   */
  private static ObjectNode description(
      ExecutionEntry child, ExecutionState state, boolean parsed) {
    var json = JsonNodeFactory.instance.objectNode();
    state.cause().ifPresent(cause -> json.put("Cause", cause));
    state.error().ifPresent(error -> json.put("Error", error));
    json.put("ExecutionArn", child.header().arn());
    json.set("Input", value(child.header().input(), parsed));
    json.putObject("InputDetails").put("Included", true);
    json.put("Name", child.header().name());
    state.output().ifPresent(output -> json.set("Output", value(output, parsed)));
    if (state.output().isPresent()) {
      json.putObject("OutputDetails").put("Included", true);
    }
    json.put("RedriveCount", state.redriveCount());
    boolean succeeded = state.status() == ExecutionStatus.SUCCEEDED;
    json.put("RedriveStatus", succeeded ? "NOT_REDRIVABLE" : "REDRIVABLE");
    if (succeeded) {
      json.put("RedriveStatusReason", "Execution is SUCCEEDED and cannot be redriven");
    }
    json.put("StartDate", child.header().startDate().toEpochMilli());
    json.put("StateMachineArn", child.header().stateMachineArn());
    json.put("Status", state.status().name());
    state.stopDate().ifPresent(date -> json.put("StopDate", date.toEpochMilli()));
    return json;
  }

  private static JsonNode value(String text, boolean parsed) {
    return parsed
        ? Requests.json(text).orElseGet(() -> TextNode.valueOf(text))
        : TextNode.valueOf(text);
  }
}
