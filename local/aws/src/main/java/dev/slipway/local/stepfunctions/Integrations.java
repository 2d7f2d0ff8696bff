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
  private static final System.Logger LOG = System.getLogger(Integrations.class.getName());

  private final List<Integration> integrations;
  private final OpenTokens tokens;
  private final TaskPermissions permissions;

  Integrations(List<Integration> integrations, OpenTokens tokens, TaskPermissions permissions) {
    this.integrations = List.copyOf(integrations);
    this.tokens = tokens;
    this.permissions = permissions;
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
    var denied = permissions.refusal(request, integration.get().needs(request));
    if (denied.isPresent()) {
      completion.fail(
          integration.get().errorWhenDenied(request),
          integration.get().causeWhenDenied(request, denied.get()));
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
      var refused = permissions.refusal(request, integration.get().needsToCancel(request));
      if (refused.isPresent()) {
        LOG.log(System.Logger.Level.WARNING, refused.get());
      } else {
        task.cancel();
      }
    };
  }
}
