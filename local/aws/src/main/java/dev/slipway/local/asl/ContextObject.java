package dev.slipway.local.asl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.local.asl.definition.FallibleState;
import dev.slipway.local.asl.definition.MapItem;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** Makes {@code $states.context}. */
final class ContextObject {
  private static final DateTimeFormatter MILLISECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSX").withZone(ZoneOffset.UTC);

  private ContextObject() {}

  /**
   * @param item the item of the innermost Map around, or null
   * @param token the task token of the current attempt
   */
  static JsonNode of(
      RunningExecution execution, Branch branch, MapItem item, Optional<String> token) {
    ObjectNode context = JsonNodeFactory.instance.objectNode();
    ExecutionInfo info = execution.info();
    ObjectNode of = context.putObject("Execution");
    of.put("Id", info.arn());
    of.set("Input", execution.input());
    of.put("Name", info.name());
    of.put("RoleArn", info.roleArn());
    of.put("StartTime", format(info.startTime()));
    of.put("RedriveCount", execution.redriveCount());
    execution.redriveTime().ifPresent(time -> of.put("RedriveTime", format(time)));
    context
        .putObject("StateMachine")
        .put("Id", info.stateMachineArn())
        .put("Name", info.stateMachineName());
    ObjectNode state = context.putObject("State");
    state.put("Name", branch.state.name());
    state.put("EnteredTime", format(branch.enteredAt));
    if (branch.state instanceof FallibleState) {
      state.put("RetryCount", branch.retryCount);
    }
    if (item != null) {
      ObjectNode map = context.putObject("Map").putObject("Item");
      map.put("Index", item.index());
      map.set("Value", item.value());
    }
    token.ifPresent(text -> context.putObject("Task").put("Token", text));
    return context;
  }

  static String format(Instant time) {
    return MILLISECONDS.format(time);
  }
}
