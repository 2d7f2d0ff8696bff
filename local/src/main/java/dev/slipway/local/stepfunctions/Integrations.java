package dev.slipway.local.stepfunctions;

import dev.slipway.local.asl.task.IntegrationPattern;
import dev.slipway.local.asl.task.RunningTask;
import dev.slipway.local.asl.task.TaskCompletion;
import dev.slipway.local.asl.task.TaskExecutor;
import dev.slipway.local.asl.task.TaskRequest;
import java.util.List;
import java.util.Optional;

/** Hands each task to the integration for its resource, and opens its token. */
final class Integrations implements TaskExecutor {
  private final List<Integration> integrations;
  private final OpenTokens tokens;

  Integrations(List<Integration> integrations, OpenTokens tokens) {
    this.integrations = List.copyOf(integrations);
    this.tokens = tokens;
  }

  /** Whether some integration performs that resource. */
  boolean performs(String resource) {
    return integration(resource).isPresent();
  }

  private Optional<Integration> integration(String resource) {
    return integrations.stream().filter(one -> one.performs(resource)).findFirst();
  }

  @Override
  public RunningTask start(TaskRequest request, TaskCompletion completion) {
    return run(request, completion, false);
  }

  @Override
  public RunningTask resume(TaskRequest request, TaskCompletion completion) {
    return run(request, completion, true);
  }

  private RunningTask run(TaskRequest request, TaskCompletion completion, boolean resumed) {
    var integration = integration(request.resource());
    if (integration.isEmpty()) {
      completion.fail(
          "States.Runtime",
          "The resource '%s' is not performed by the local runtime".formatted(request.resource()));
      return RunningTask.notCancellable();
    }
    var token =
        request.pattern() == IntegrationPattern.WAIT_FOR_TASK_TOKEN
            ? request.taskToken()
            : Optional.<String>empty();
    // Before the task begins, for its answer may be faster than its request.
    token.ifPresent(
        open -> tokens.add(open, completion, () -> integration.get().answered(request)));
    var task =
        resumed
            ? integration.get().resume(request, completion)
            : integration.get().start(request, completion);
    return () -> {
      token.ifPresent(tokens::remove);
      task.cancel();
    };
  }
}
