package dev.slipway.local.stepfunctions;

import dev.slipway.local.asl.task.IntegrationPattern;
import dev.slipway.local.asl.task.RunningTask;
import dev.slipway.local.asl.task.TaskCompletion;
import dev.slipway.local.asl.task.TaskRequest;
import dev.slipway.local.aws.Access;
import dev.slipway.local.schedule.EventBus;
import java.util.List;
import java.util.UUID;

/** {@code events:putEvents}, plain and with a callback. */
final class EventBridgeIntegration implements Integration {
  private static final String RESOURCE = "arn:aws:states:::events:putEvents";

  private final EventBus bus;

  EventBridgeIntegration(EventBus bus) {
    this.bus = bus;
  }

  @Override
  public boolean performs(String resource) {
    return resource.equals(RESOURCE) || resource.equals(RESOURCE + ".waitForTaskToken");
  }

  @Override
  public List<Access> needs(TaskRequest request) {
    return bus.needs(request.arguments());
  }

  @Override
  public String errorWhenDenied(TaskRequest request) {
    return "EventBridge.EventBridgeException";
  }

  @Override
  public RunningTask start(TaskRequest request, TaskCompletion completion) {
    var answer = SdkMetadata.add(bus.put(request.arguments()), UUID.randomUUID().toString());
    if (answer.path("FailedEntryCount").asInt() > 0) {
      completion.fail("EventBridge.FailedEntry", answer.toString());
    } else if (request.pattern() == IntegrationPattern.WAIT_FOR_TASK_TOKEN) {
      completion.submitted(answer);
    } else {
      completion.succeed(answer);
    }
    return RunningTask.notCancellable();
  }

  @Override
  public RunningTask resume(TaskRequest request, TaskCompletion completion) {
    return start(request, completion);
  }
}
