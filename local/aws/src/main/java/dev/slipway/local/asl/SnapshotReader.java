package dev.slipway.local.asl;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.local.asl.definition.StateFailure;
import dev.slipway.local.asl.definition.StateMachine;
import dev.slipway.local.asl.task.IntegrationPattern;
import dev.slipway.local.asl.task.TaskRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Brings an execution to where a snapshot says it stood. */
final class SnapshotReader {
  private final Ports ports;
  private final StateMachine stateMachine;

  SnapshotReader(Ports ports, StateMachine stateMachine) {
    this.ports = ports;
    this.stateMachine = stateMachine;
  }

  RunningExecution read(JsonNode json) {
    if (json.path("version").asInt() != SnapshotWriter.VERSION) {
      throw new IllegalArgumentException("a snapshot of version " + json.path("version"));
    }
    JsonNode of = json.path("info");
    ExecutionInfo info =
        new ExecutionInfo(
            text(of, "arn"),
            text(of, "name"),
            instant(of, "startTime"),
            text(of, "roleArn"),
            text(of, "stateMachineArn"),
            text(of, "stateMachineName"));
    RunningExecution execution =
        new RunningExecution(
            ports, stateMachine, json.get("input"), info, json.path("lastEventId").asLong());
    execution.restore(
        new Ending(
            ExecutionStatus.valueOf(text(json, "status")),
            json.get("output"),
            text(json, "error"),
            text(json, "cause"),
            instant(json, "stopTime")),
        json.path("redriveCount").asInt(),
        instant(json, "redriveTime"),
        instant(json, "deadline"),
        json.path("tasks").asLong());
    fill(execution, execution.root(), json.get("root"));
    return execution;
  }

  private static String text(JsonNode json, String field) {
    return json.path(field).textValue();
  }

  private static Instant instant(JsonNode json, String field) {
    return json.has(field) ? Instant.parse(text(json, field)) : null;
  }

  private void fill(RunningExecution execution, Branch branch, JsonNode json) {
    json.path("variables").properties().forEach(v -> branch.assign(v.getKey(), v.getValue()));
    branch.moveTo(text(json, "state"), json.get("input"));
    branch.enteredAt = instant(json, "enteredAt");
    branch.enteredEvent = json.path("enteredEvent").asLong();
    branch.lastEvent = json.path("lastEvent").asLong();
    int[] retries = new int[json.path("retries").size()];
    for (int i = 0; i < retries.length; i++) {
      retries[i] = json.path("retries").get(i).asInt();
    }
    branch.restoreRetries(json.path("retryCount").asInt(), retries);
    branch.aborted = json.path("aborted").asBoolean();
    JsonNode failure = json.path("failure");
    if (!failure.isMissingNode()) {
      branch.failure =
          StateFailure.of(
              StateFailure.Kind.valueOf(text(failure, "kind")),
              text(failure, "error"),
              text(failure, "cause"));
    }
    JsonNode wait = json.path("wait");
    if (!wait.isMissingNode()) {
      branch.wait = wait(execution, branch, wait);
    }
  }

  private Wait wait(RunningExecution execution, Branch branch, JsonNode json) {
    return switch (text(json, "kind")) {
      case "sleep" -> new Wait.Delay(instant(json, "until"), false);
      case "retry" -> new Wait.Delay(instant(json, "until"), true);
      case "task" -> task(execution, branch, json);
      default -> fanOut(execution, branch, json);
    };
  }

  private static TaskWait task(RunningExecution execution, Branch branch, JsonNode json) {
    String resource = text(json, "resource");
    TaskRequest request =
        new TaskRequest(
            text(json, "id"),
            execution.info().arn(),
            branch.state.name(),
            branch.mapIndexes(),
            resource,
            IntegrationPattern.of(resource),
            json.get("arguments"),
            Optional.ofNullable(text(json, "credentials")),
            seconds(json, "timeoutSeconds"),
            seconds(json, "heartbeatSeconds"),
            json.path("attempt").asInt(),
            Optional.ofNullable(text(json, "token")));
    TaskWait wait =
        new TaskWait(
            execution,
            branch,
            request,
            instant(json, "deadline"),
            instant(json, "heartbeatDeadline"));
    wait.submitted = json.path("submitted").asBoolean();
    return wait;
  }

  private static Optional<Duration> seconds(JsonNode json, String field) {
    return json.has(field)
        ? Optional.of(Duration.ofSeconds(json.get(field).asLong()))
        : Optional.empty();
  }

  private FanOut fanOut(RunningExecution execution, Branch parent, JsonNode json) {
    FanOut fanOut =
        new FanOut(
            list(json.path("inputs")),
            json.has("items") ? list(json.get("items")) : null,
            json.path("concurrency").asInt());
    fanOut.started = json.path("started").asInt();
    json.path("outputs")
        .properties()
        .forEach(
            output -> {
              fanOut.outputs[Integer.parseInt(output.getKey())] = output.getValue();
              fanOut.succeeded++;
            });
    for (JsonNode element : json.path("branches")) {
      int index = element.path("index").asInt();
      Branch branch = Branches.create(parent, fanOut, index);
      fill(execution, branch, element);
      fanOut.branches[index] = branch;
    }
    return fanOut;
  }

  private static List<JsonNode> list(JsonNode array) {
    List<JsonNode> list = new ArrayList<>(array.size());
    array.forEach(list::add);
    return list;
  }
}
