package dev.slipway.local.schedule;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.local.aws.Access;
import dev.slipway.local.template.RuleResource;
import dev.slipway.local.template.Stack;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;

/** EventBridge: hands events to the targets of the rules that they match. */
public final class EventBus {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<RuleResource> rules;
  private final Stack stack;
  private final InstantSource clock;
  private final BiConsumer<String, JsonNode> targets;

  /**
   * A bus for each name that the rules mention.
   *
   * @param targets starts the function or state machine of that logical id, without waiting
   */
  public EventBus(
      List<RuleResource> rules,
      Stack stack,
      InstantSource clock,
      BiConsumer<String, JsonNode> targets) {
    this.rules = List.copyOf(rules);
    this.stack = stack;
    this.clock = clock;
    this.targets = targets;
  }

  /** What {@code PutEvents} does: it puts events on each of the buses it names. */
  public List<Access> needs(JsonNode request) {
    return request.path("Entries").valueStream().map(this::access).distinct().toList();
  }

  private Access access(JsonNode entry) {
    var bus = busName(entry.path("EventBusName").asText("default"));
    var arn = stack.arn("events", "event-bus/" + bus);
    return new Access(
        "events:PutEvents", arn, arn, Map.of("events:source", entry.path("Source").asText()));
  }

  /** {@code PutEvents}: the request and the answer as EventBridge has them. */
  public ObjectNode put(JsonNode request) {
    var answer = JSON.createObjectNode();
    var results = answer.putArray("Entries");
    int failed = 0;
    for (var entry : request.path("Entries")) {
      var result = results.addObject();
      var detail = detail(entry.path("Detail"));
      if (detail == null || !entry.hasNonNull("DetailType") || !entry.hasNonNull("Source")) {
        failed++;
        result.put("ErrorCode", detail == null ? "MalformedDetail" : "InvalidArgument");
        result.put("ErrorMessage", detail == null ? "Detail is malformed." : "A field is missing.");
        continue;
      }
      var id = UUID.randomUUID().toString();
      result.put("EventId", id);
      deliver(event(id, entry, detail), busName(entry.path("EventBusName").asText("default")));
    }
    return answer.put("FailedEntryCount", failed);
  }

  private static String busName(String nameOrArn) {
    return nameOrArn.substring(nameOrArn.lastIndexOf('/') + 1);
  }

  private static JsonNode detail(JsonNode detail) {
    if (detail.isObject()) {
      return detail;
    }
    try {
      var parsed = JSON.readTree(detail.asText());
      return parsed.isObject() ? parsed : null;
    } catch (JsonProcessingException e) {
      return null;
    }
  }

  private ObjectNode event(String id, JsonNode entry, JsonNode detail) {
    var event = JSON.createObjectNode();
    event.put("version", "0");
    event.put("id", id);
    event.put("detail-type", entry.path("DetailType").asText());
    event.put("source", entry.path("Source").asText());
    event.put("account", stack.account());
    event.put("time", clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
    event.put("region", stack.region());
    var resources = event.putArray("resources");
    entry.path("Resources").forEach(resources::add);
    event.set("detail", detail);
    return event;
  }

  private void deliver(ObjectNode event, String bus) {
    for (var rule : rules) {
      if (rule.bus().equals(bus) && new EventPattern(rule.pattern()).matches(event)) {
        targets.accept(rule.targetId(), event);
      }
    }
  }
}
