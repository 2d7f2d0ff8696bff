package dev.slipway.local.asl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.local.asl.task.TaskRequest;
import java.time.Duration;
import java.time.Instant;

/** Writes down where an execution stands, for {@link SnapshotReader}. */
final class SnapshotWriter {
  static final int VERSION = 1;

  private SnapshotWriter() {}

  static JsonNode write(RunningExecution execution) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("version", VERSION);
    ExecutionInfo info = execution.info();
    json.putObject("info")
        .put("arn", info.arn())
        .put("name", info.name())
        .put("startTime", info.startTime().toString())
        .put("roleArn", info.roleArn())
        .put("stateMachineArn", info.stateMachineArn())
        .put("stateMachineName", info.stateMachineName());
    json.set("input", execution.input());
    Ending ending = execution.ending();
    json.put("status", ending.status().name());
    if (ending.output() != null) {
      json.set("output", ending.output());
    }
    put(json, "error", ending.error());
    put(json, "cause", ending.cause());
    put(json, "stopTime", ending.at());
    json.put("redriveCount", execution.redriveCount());
    put(json, "redriveTime", execution.redriveTime().orElse(null));
    put(json, "deadline", execution.deadline());
    json.put("lastEventId", execution.lastEventId());
    json.put("tasks", execution.tasks());
    json.set("root", lane(execution.root()));
    return json;
  }

  private static void put(ObjectNode json, String field, String value) {
    if (value != null) {
      json.put(field, value);
    }
  }

  private static void put(ObjectNode json, String field, Instant value) {
    if (value != null) {
      json.put(field, value.toString());
    }
  }

  private static ObjectNode lane(Lane lane) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("index", lane.index);
    if (!lane.variables().isEmpty()) {
      json.putObject("variables").setAll(lane.variables());
    }
    json.put("state", lane.state.name());
    json.set("input", lane.input);
    put(json, "enteredAt", lane.enteredAt);
    json.put("enteredEvent", lane.enteredEvent);
    json.put("lastEvent", lane.lastEvent);
    if (lane.retryCount > 0) {
      json.put("retryCount", lane.retryCount);
      ArrayNode retries = json.putArray("retries");
      for (int count : lane.retries()) {
        retries.add(count);
      }
    }
    if (lane.aborted) {
      json.put("aborted", true);
    }
    if (lane.failure != null) {
      ObjectNode failure = json.putObject("failure");
      failure.put("kind", lane.failure.kind().name());
      put(failure, "error", lane.failure.error());
      put(failure, "cause", lane.failure.cause());
    }
    switch (lane.wait) {
      case Wait.Delay delay ->
          json.putObject("wait")
              .put("kind", delay.retry ? "retry" : "sleep")
              .put("until", delay.until.toString());
      case TaskWait wait -> json.set("wait", task(wait));
      case Fan fan -> json.set("wait", fan(fan));
      case null -> {}
    }
    return json;
  }

  private static ObjectNode task(TaskWait wait) {
    TaskRequest request = wait.request;
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("kind", "task");
    json.put("id", request.id());
    json.put("resource", request.resource());
    json.set("arguments", request.arguments());
    json.put("attempt", request.attempt());
    put(json, "credentials", request.credentials().orElse(null));
    put(json, "token", request.taskToken().orElse(null));
    request.timeout().map(Duration::toSeconds).ifPresent(s -> json.put("timeoutSeconds", s));
    request.heartbeat().map(Duration::toSeconds).ifPresent(s -> json.put("heartbeatSeconds", s));
    put(json, "deadline", wait.deadline);
    put(json, "heartbeatDeadline", wait.heartbeatDeadline);
    json.put("submitted", wait.submitted);
    return json;
  }

  private static ObjectNode fan(Fan fan) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("kind", "fan");
    json.putArray("inputs").addAll(fan.inputs);
    if (fan.isMap()) {
      json.putArray("items").addAll(fan.items);
    }
    json.put("concurrency", fan.concurrency);
    json.put("started", fan.started);
    ObjectNode outputs = json.putObject("outputs");
    for (int i = 0; i < fan.size(); i++) {
      if (fan.outputs[i] != null) {
        outputs.set(String.valueOf(i), fan.outputs[i]);
      }
    }
    ArrayNode lanes = json.putArray("lanes");
    fan.unfinished().forEach(lane -> lanes.add(lane(lane)));
    return json;
  }
}
