package dev.slipway.local.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionListItem;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;
import software.amazon.awssdk.services.sfn.model.StateMachineListItem;

/** What the running executions wait for, as their histories show it. */
final class Executions {
  private final SfnClient stepFunctions;

  /** Histories cost most here: what was read is kept. */
  private final Map<String, State> states = new ConcurrentHashMap<>();

  Executions(SfnClient stepFunctions) {
    this.stepFunctions = stepFunctions;
  }

  /**
   * A task state that waits.
   *
   * @param function its ARN
   * @param payload what the function was called with
   */
  record State(String function, ObjectNode payload) {}

  /** The state that waits under a token. */
  State waitingFor(String token) {
    State known = states.get(token);
    if (known != null) {
      return known;
    }
    synchronized (this) {
      if (!states.containsKey(token)) {
        readAll();
      }
    }
    State found = states.get(token);
    if (found == null) {
      throw new IllegalStateException("No running execution waits under the token " + token);
    }
    return found;
  }

  private void readAll() {
    for (StateMachineListItem machine :
        stepFunctions.listStateMachinesPaginator(r -> {}).stateMachines()) {
      for (ExecutionListItem execution :
          stepFunctions
              .listExecutionsPaginator(
                  r ->
                      r.stateMachineArn(machine.stateMachineArn())
                          .statusFilter(ExecutionStatus.RUNNING))
              .executions()) {
        stepFunctions
            .getExecutionHistoryPaginator(r -> r.executionArn(execution.executionArn()))
            .events()
            .forEach(this::read);
      }
    }
  }

  private void read(HistoryEvent event) {
    if (event.taskScheduledEventDetails() == null) {
      return;
    }
    try {
      JsonNode parameters = Json.MAPPER.readTree(event.taskScheduledEventDetails().parameters());
      if (parameters.path("Payload") instanceof ObjectNode payload && payload.has("taskToken")) {
        states.put(
            payload.path("taskToken").asText(),
            new State(parameters.path("FunctionName").asText(), payload));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
