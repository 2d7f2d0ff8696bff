package dev.slipway.local.stepfunctions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Optional;

/**
 * The facts of an execution that never change.
 *
 * @param definitionHash the definition that it began with
 * @param input as given
 * @param parentTask the task that started it, if one did; so that the task finds it again
 */
record ExecutionHeader(
    String arn,
    String name,
    String stateMachineArn,
    String stateMachineName,
    String roleArn,
    String definitionHash,
    String input,
    Instant startDate,
    Optional<String> parentTask) {

  ObjectNode toJson() {
    var json = JsonNodeFactory.instance.objectNode();
    json.put("arn", arn);
    json.put("name", name);
    json.put("stateMachineArn", stateMachineArn);
    json.put("stateMachineName", stateMachineName);
    json.put("roleArn", roleArn);
    json.put("definition", definitionHash);
    json.put("input", input);
    json.put("startDate", startDate.toString());
    parentTask.ifPresent(task -> json.put("parentTask", task));
    return json;
  }

  static ExecutionHeader of(JsonNode json) {
    return new ExecutionHeader(
        json.path("arn").asText(),
        json.path("name").asText(),
        json.path("stateMachineArn").asText(),
        json.path("stateMachineName").asText(),
        json.path("roleArn").asText(),
        json.path("definition").asText(),
        json.path("input").asText(),
        Instant.parse(json.path("startDate").asText()),
        Requests.optional(json, "parentTask"));
  }
}
