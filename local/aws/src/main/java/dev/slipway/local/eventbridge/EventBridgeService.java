package dev.slipway.local.eventbridge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.local.aws.Access;
import dev.slipway.local.aws.AwsException;
import dev.slipway.local.aws.AwsService;
import dev.slipway.local.aws.Caller;
import dev.slipway.local.template.Stack;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * EventBridge's endpoint: {@code PutEvents} takes events on any bus and drops them, for a template
 * may declare no rules.
 */
public final class EventBridgeService implements AwsService {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Stack stack;

  public EventBridgeService(Stack stack) {
    this.stack = stack;
  }

  @Override
  public String target() {
    return "AWSEvents";
  }

  @Override
  public String jsonVersion() {
    return "1.1";
  }

  /** Each of the buses that the entries name. */
  @Override
  public List<Access> needs(String action, JsonNode request) {
    return request.path("Entries").valueStream().map(this::access).distinct().toList();
  }

  private Access access(JsonNode entry) {
    var bus = entry.path("EventBusName").asText("default");
    var arn = stack.arn("events", "event-bus/" + bus.substring(bus.lastIndexOf('/') + 1));
    return new Access(
        "events:PutEvents", arn, arn, Map.of("events:source", entry.path("Source").asText()));
  }

  @Override
  public JsonNode perform(String action, JsonNode request, Caller caller) {
    if (!action.equals("PutEvents")) {
      throw new AwsException("UnknownOperationException", "not available locally: " + action);
    }
    var answer = JSON.createObjectNode();
    var results = answer.putArray("Entries");
    request.path("Entries").forEach(entry -> results.add(result(entry)));
    long failed = results.valueStream().filter(result -> result.has("ErrorCode")).count();
    return answer.put("FailedEntryCount", failed);
  }

  private static ObjectNode result(JsonNode entry) {
    var result = JSON.createObjectNode();
    if (!isObject(entry.path("Detail"))) {
      return result.put("ErrorCode", "MalformedDetail").put("ErrorMessage", "Detail is malformed.");
    }
    if (!entry.hasNonNull("DetailType") || !entry.hasNonNull("Source")) {
      return result.put("ErrorCode", "InvalidArgument").put("ErrorMessage", "A field is missing.");
    }
    return result.put("EventId", UUID.randomUUID().toString());
  }

  private static boolean isObject(JsonNode detail) {
    try {
      return detail.isObject() || JSON.readTree(detail.asText()).isObject();
    } catch (JsonProcessingException e) {
      return false;
    }
  }
}
