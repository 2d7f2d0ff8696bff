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
    json.set("root", branch(execution.root()));
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

  private static ObjectNode branch(Branch branch) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("index", branch.index);
    if (!branch.variables().isEmpty()) {
      json.putObject("variables").setAll(branch.variables());
    }
    json.put("state", branch.state.name());
    json.set("input", branch.input);
    put(json, "enteredAt", branch.enteredAt);
    json.put("enteredEvent", branch.enteredEvent);
    json.put("lastEvent", branch.lastEvent);
    if (branch.retryCount > 0) {
      json.put("retryCount", branch.retryCount);
      ArrayNode retries = json.putArray("retries");
      for (int count : branch.retries()) {
        retries.add(count);
      }
    }
    if (branch.aborted) {
      json.put("aborted", true);
    }
    if (branch.failure != null) {
      ObjectNode failure = json.putObject("failure");
      failure.put("kind", branch.failure.kind().name());
      put(failure, "error", branch.failure.error());
      put(failure, "cause", branch.failure.cause());
    }
    switch (branch.wait) {
      case Wait.Delay delay ->
          json.putObject("wait")
              .put("kind", delay.retry ? "retry" : "sleep")
              .put("until", delay.until.toString());
      case TaskWait wait -> json.set("wait", task(wait));
      case FanOut fanOut -> json.set("wait", fanOut(fanOut));
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

  private static ObjectNode fanOut(FanOut fanOut) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("kind", "fanOut");
    json.putArray("inputs").addAll(fanOut.inputs);
    if (fanOut.isMap()) {
      json.putArray("items").addAll(fanOut.items);
    }
    json.put("concurrency", fanOut.concurrency);
    json.put("started", fanOut.started);
    ObjectNode outputs = json.putObject("outputs");
    for (int i = 0; i < fanOut.size(); i++) {
      if (fanOut.outputs[i] != null) {
        outputs.set(String.valueOf(i), fanOut.outputs[i]);
      }
    }
    ArrayNode branches = json.putArray("branches");
    fanOut.unfinished().forEach(branch -> branches.add(branch(branch)));
    return json;
  }
}
