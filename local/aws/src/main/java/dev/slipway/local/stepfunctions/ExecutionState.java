package dev.slipway.local.stepfunctions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.local.asl.Execution;
import dev.slipway.local.asl.ExecutionStatus;
import java.time.Instant;
import java.util.Optional;

/**
 * The state of an execution, as recorded last.
 *
 * @param output as JSON text
 * @param redriveDate when it was redriven last
 */
record ExecutionState(
    ExecutionStatus status,
    Optional<String> output,
    Optional<String> error,
    Optional<String> cause,
    Optional<Instant> stopDate,
    int redriveCount,
    Optional<Instant> redriveDate) {

  static ExecutionState started() {
    return new ExecutionState(
        ExecutionStatus.RUNNING,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        0,
        Optional.empty());
  }

  /** The state of an execution; the date of a redrive is the time at which it is first seen. */
  static ExecutionState of(Execution execution, ExecutionState before, Instant now) {
    boolean redriven = execution.redriveCount() > before.redriveCount();
    return new ExecutionState(
        execution.status(),
        execution.output().map(JsonNode::toString),
        execution.error(),
        execution.cause(),
        execution.stopTime(),
        execution.redriveCount(),
        redriven ? Optional.of(now) : before.redriveDate());
  }

  boolean running() {
    return status == ExecutionStatus.RUNNING;
  }

  ObjectNode toJson() {
    var json = JsonNodeFactory.instance.objectNode();
    json.put("status", status.name());
    output.ifPresent(value -> json.put("output", value));
    error.ifPresent(value -> json.put("error", value));
    cause.ifPresent(value -> json.put("cause", value));
    stopDate.ifPresent(value -> json.put("stopDate", value.toString()));
    json.put("redriveCount", redriveCount);
    redriveDate.ifPresent(value -> json.put("redriveDate", value.toString()));
    return json;
  }

  static ExecutionState of(JsonNode json) {
    return new ExecutionState(
        ExecutionStatus.valueOf(json.path("status").asText()),
        Requests.optional(json, "output"),
        Requests.optional(json, "error"),
        Requests.optional(json, "cause"),
        Requests.optional(json, "stopDate").map(Instant::parse),
        json.path("redriveCount").asInt(),
        Requests.optional(json, "redriveDate").map(Instant::parse));
  }
}
