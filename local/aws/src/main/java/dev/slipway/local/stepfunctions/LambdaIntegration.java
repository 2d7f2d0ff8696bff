package dev.slipway.local.stepfunctions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.slipway.local.asl.task.IntegrationPattern;
import dev.slipway.local.asl.task.RunningTask;
import dev.slipway.local.asl.task.TaskCompletion;
import dev.slipway.local.asl.task.TaskRequest;
import dev.slipway.local.aws.Access;
import dev.slipway.local.lambda.InvocationResult;
import dev.slipway.local.lambda.LambdaHost;
import dev.slipway.local.lambda.LambdaServiceException;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** {@code lambda:invoke}, with or without a callback, and a function's ARN as the resource. */
final class LambdaIntegration implements Integration {
  private static final String INVOKE = "arn:aws:states:::lambda:invoke";
  private static final String FUNCTION = "arn:aws:lambda:";

  private final LambdaHost functions;
  private final Function<String, ExecutionEntry> executions;

  /**
   * @param executions by ARN
   */
  LambdaIntegration(LambdaHost functions, Function<String, ExecutionEntry> executions) {
    this.functions = functions;
    this.executions = executions;
  }

  @Override
  public boolean performs(String resource) {
    return resource.equals(INVOKE)
        || resource.equals(INVOKE + ".waitForTaskToken")
        || resource.startsWith(FUNCTION);
  }

  @Override
  public List<Access> needs(TaskRequest request) {
    var function =
        request.resource().startsWith(FUNCTION)
            ? request.resource()
            : request.arguments().path("FunctionName").asText();
    if (!function.startsWith("arn:")) {
      var parts = request.executionArn().split(":", 6);
      function = "arn:aws:lambda:%s:%s:function:%s".formatted(parts[3], parts[4], function);
    }
    return List.of(new Access("lambda:InvokeFunction", function));
  }

  @Override
  public String errorWhenDenied(TaskRequest request) {
    return "Lambda.AWSLambdaException";
  }

  @Override
  public String causeWhenDenied(TaskRequest request, String message) {
    return SdkMetadata.cause(message, "AWSLambda", 403, "AccessDeniedException");
  }

  @Override
  public RunningTask start(TaskRequest request, TaskCompletion completion) {
    if (request.resource().startsWith(FUNCTION)) {
      return invoke(request.resource(), request.arguments(), request, completion);
    }
    var arguments = request.arguments();
    var function = arguments.path("FunctionName").asText();
    if (function.isEmpty()) {
      completion.fail("States.Runtime", "The field 'FunctionName' is missing in the Arguments");
      return RunningTask.notCancellable();
    }
    var payload = arguments.path("Payload");
    return invoke(
        function,
        payload.isMissingNode() ? JsonNodeFactory.instance.objectNode() : payload,
        request,
        completion);
  }

  /**
   * A function that had accepted its callback task has done its part; any other was still running
   * when the process ended, and runs again, as Lambda may also deliver twice.
   */
  @Override
  public RunningTask resume(TaskRequest request, TaskCompletion completion) {
    if (executions.apply(request.executionArn()).submitted().contains(request.id())) {
      return forgetting(request);
    }
    return start(request, completion);
  }

  private RunningTask invoke(
      String function, JsonNode payload, TaskRequest request, TaskCompletion completion) {
    CompletionStage<InvocationResult> answer = functions.invoke(function, payload);
    answer.whenComplete(
        (result, failure) -> {
          if (failure != null) {
            serviceError(failure, completion);
          } else {
            returned(result, request, completion);
          }
        });
    return forgetting(request);
  }

  @Override
  public void answered(TaskRequest request) {
    executions.apply(request.executionArn()).submitted().remove(request.id());
  }

  private RunningTask forgetting(TaskRequest request) {
    return () -> answered(request);
  }

  private static void serviceError(Throwable failure, TaskCompletion completion) {
    if (failure instanceof LambdaServiceException service) {
      completion.fail("Lambda." + service.code(), service.getMessage() + " (Service: Lambda)");
    } else {
      completion.fail("Lambda.ServiceException", failure.toString());
    }
  }

  private void returned(InvocationResult result, TaskRequest request, TaskCompletion completion) {
    if (result.errorType().isPresent()) {
      completion.fail(result.errorType().get(), result.payload().toString());
      return;
    }
    if (request.resource().startsWith(FUNCTION)) {
      completion.succeed(result.payload());
      return;
    }
    var answer = JsonNodeFactory.instance.objectNode();
    answer.put("ExecutedVersion", "$LATEST");
    answer.set("Payload", result.payload());
    SdkMetadata.add(answer, result.requestId());
    answer.put("StatusCode", 200);
    if (request.pattern() == IntegrationPattern.WAIT_FOR_TASK_TOKEN) {
      var submitted = executions.apply(request.executionArn()).submitted();
      // Before it is recorded, so that the record holds it.
      submitted.add(request.id());
      completion
          .submitted(answer)
          .thenAccept(
              open -> {
                if (!open) {
                  submitted.remove(request.id());
                }
              });
    } else {
      completion.succeed(answer);
    }
  }
}
