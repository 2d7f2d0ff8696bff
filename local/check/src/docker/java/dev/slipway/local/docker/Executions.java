package dev.slipway.local.docker;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.json.Json;
import dev.slipway.local.run.OnboardingStatus;
import dev.slipway.local.run.TaskStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionListItem;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;

/** The executions of a stack's state machines, as Step Functions shows them. */
final class Executions {
  private final SfnClient stepFunctions;
  private final List<String> machines;

  Executions(SfnClient stepFunctions, List<String> machines) {
    this.stepFunctions = stepFunctions;
    this.machines = List.copyOf(machines);
  }

  /** What a task state does. */
  private enum Phase {
    SCHEDULED,
    WAITING,
    OVER
  }

  /**
   * Whether an execution and its children only wait for people: every task state waits on its
   * token, and no token's task is final, for then Wake is about to answer it. What has just begun,
   * and what waits for a child that has ended, is about to go on.
   */
  boolean rest(OnboardingStatus status, String execution) {
    List<ExecutionListItem> open = open(execution);
    Set<String> running =
        open.stream().map(ExecutionListItem::stateMachineArn).collect(Collectors.toSet());
    for (ExecutionListItem one : open) {
      Map<String, Phase> phases = phases(one.executionArn());
      boolean rests =
          phases.containsValue(Phase.WAITING)
              && phases.entrySet().stream()
                  .allMatch(
                      phase ->
                          switch (phase.getValue()) {
                            case SCHEDULED -> false;
                            case WAITING -> isWaitedFor(status, running, phase.getKey());
                            case OVER -> true;
                          });
      if (!rests) {
        return false;
      }
    }
    return !open.isEmpty();
  }

  /** Stops the children of an execution that was stopped: LocalStack leaves them running. */
  void stopChildren(String execution) {
    open(execution)
        .forEach(one -> stepFunctions.stopExecution(r -> r.executionArn(one.executionArn())));
  }

  private static boolean isWaitedFor(OnboardingStatus status, Set<String> running, String key) {
    return key.startsWith("arn:")
        ? running.contains(key)
        : status.task(key).map(TaskStatus::isOpen).orElse(false);
  }

  private List<ExecutionListItem> open(String execution) {
    List<ExecutionListItem> found = new ArrayList<>();
    for (String machine : machines) {
      stepFunctions
          .listExecutionsPaginator(
              r -> r.stateMachineArn(machine).statusFilter(ExecutionStatus.RUNNING))
          .executions()
          .stream()
          .filter(one -> one.name().equals(execution) || one.name().startsWith(execution + "-"))
          .forEach(found::add);
    }
    return found;
  }

  private Map<String, Phase> phases(String execution) {
    Map<Long, String> names = new HashMap<>();
    Map<String, Phase> phases = new HashMap<>();
    for (HistoryEvent event :
        stepFunctions.getExecutionHistoryPaginator(r -> r.executionArn(execution)).events()) {
      String name =
          event.taskScheduledEventDetails() != null
              ? name(event.taskScheduledEventDetails().parameters())
              : names.get(event.previousEventId());
      if (name == null) {
        continue;
      }
      names.put(event.id(), name);
      Phase phase =
          switch (event.type()) {
            case TASK_SCHEDULED, TASK_STARTED -> Phase.SCHEDULED;
            case TASK_SUBMITTED -> Phase.WAITING;
            case TASK_SUCCEEDED, TASK_STATE_EXITED -> Phase.OVER;
            // Retried, or caught: something follows.
            case TASK_FAILED, TASK_TIMED_OUT, TASK_START_FAILED, TASK_SUBMIT_FAILED ->
                Phase.SCHEDULED;
            default -> null;
          };
      if (phase == null) {
        names.remove(event.id());
      } else {
        phases.put(name, phase);
      }
    }
    return phases;
  }

  /**
   * The task that a state asks for, with its instance; the ARN of what it starts, for a child
   * execution.
   */
  private static String name(String parameters) {
    try {
      JsonNode tree = Json.MAPPER.readTree(parameters);
      JsonNode task = tree.at("/Payload/task");
      JsonNode instance = tree.at("/Payload/instance");
      return task.isTextual()
          ? task.asText() + (instance.isTextual() ? "@" + instance.asText() : "")
          : tree.path("StateMachineArn").asText(tree.path("FunctionName").asText());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
