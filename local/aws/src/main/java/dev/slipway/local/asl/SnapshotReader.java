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

  private void fill(RunningExecution execution, Lane lane, JsonNode json) {
    json.path("variables").properties().forEach(v -> lane.assign(v.getKey(), v.getValue()));
    lane.moveTo(text(json, "state"), json.get("input"));
    lane.enteredAt = instant(json, "enteredAt");
    lane.enteredEvent = json.path("enteredEvent").asLong();
    lane.lastEvent = json.path("lastEvent").asLong();
    int[] retries = new int[json.path("retries").size()];
    for (int i = 0; i < retries.length; i++) {
      retries[i] = json.path("retries").get(i).asInt();
    }
    lane.restoreRetries(json.path("retryCount").asInt(), retries);
    lane.aborted = json.path("aborted").asBoolean();
    JsonNode failure = json.path("failure");
    if (!failure.isMissingNode()) {
      lane.failure =
          StateFailure.of(
              StateFailure.Kind.valueOf(text(failure, "kind")),
              text(failure, "error"),
              text(failure, "cause"));
    }
    JsonNode wait = json.path("wait");
    if (!wait.isMissingNode()) {
      lane.wait = wait(execution, lane, wait);
    }
  }

  private Wait wait(RunningExecution execution, Lane lane, JsonNode json) {
    return switch (text(json, "kind")) {
      case "sleep" -> new Wait.Delay(instant(json, "until"), false);
      case "retry" -> new Wait.Delay(instant(json, "until"), true);
      case "task" -> task(execution, lane, json);
      default -> fan(execution, lane, json);
    };
  }

  private static TaskWait task(RunningExecution execution, Lane lane, JsonNode json) {
    String resource = text(json, "resource");
    TaskRequest request =
        new TaskRequest(
            text(json, "id"),
            execution.info().arn(),
            lane.state.name(),
            lane.mapIndexes(),
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
            lane,
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

  private Fan fan(RunningExecution execution, Lane parent, JsonNode json) {
    Fan fan =
        new Fan(
            list(json.path("inputs")),
            json.has("items") ? list(json.get("items")) : null,
            json.path("concurrency").asInt());
    fan.started = json.path("started").asInt();
    json.path("outputs")
        .properties()
        .forEach(
            output -> {
              fan.outputs[Integer.parseInt(output.getKey())] = output.getValue();
              fan.succeeded++;
            });
    for (JsonNode element : json.path("lanes")) {
      int index = element.path("index").asInt();
      Lane lane = Branches.create(parent, fan, index);
      fill(execution, lane, element);
      fan.lanes[index] = lane;
    }
    return fan;
  }

  private static List<JsonNode> list(JsonNode array) {
    List<JsonNode> list = new ArrayList<>(array.size());
    array.forEach(list::add);
    return list;
  }
}
